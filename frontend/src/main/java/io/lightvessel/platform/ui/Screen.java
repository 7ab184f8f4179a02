package io.lightvessel.platform.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import io.lightvessel.platform.ui.LiveUpdates.Refresh;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A screen of an organisation: title, one line that says how things are, actions, content. All its state is in its
 * address, and what it shows stays current by itself.
 */
public abstract class Screen extends Main implements BeforeEnterObserver, HasDynamicTitle {
    private static final Logger log = LoggerFactory.getLogger(Screen.class);

    private final ScreenContext context;
    private final Span title = new Span();
    private final H1 heading = new H1(title);
    private final Paragraph summary = new Paragraph();
    private final Div actions = new Div();
    private final Div body = new Div();
    private final Div staleNote = new Div();
    private @Nullable Org org;
    private @Nullable Address address;

    protected Screen(ScreenContext context) {
        this.context = context;
        addClassName("lv-screen");
        setId("main");
        getElement().setAttribute("tabindex", "-1");
        Div text = new Div(heading, summary);
        text.addClassName("lv-head-text");
        actions.addClassName("lv-actions");
        Header head = new Header(text, actions);
        head.addClassName("lv-head");
        body.addClassName("lv-body");
        staleNote.addClassName("lv-panel-note");
        staleNote.getElement().setAttribute("data-tone", "warn").setAttribute("role", "status");
        staleNote.setVisible(false);
        add(head, staleNote, body);
    }

    /** Reads what the address asks for and shows it; called anew for every change of the address. */
    protected abstract void show(Org org, Address address);

    /** Brings what is shown up to date, in place; called when something changed and at the interval. */
    protected abstract void refresh(Org org);

    /** The way to this screen, the last one being the screen itself. */
    protected abstract List<Crumb> crumbs(Org org);

    /** How often rates are read again while nothing else happens. */
    protected Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        Address where = Address.of(event);
        Org entered = context.signedIn().enter(where.org());
        org = entered;
        address = where;
        show(entered, where);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        context.live().follow(this, org().tenant().id(), interval(), new Refresh() {
            @Override
            public void run() {
                refresh(org());
                staleNote.setVisible(false);
            }

            @Override
            public void failed(RuntimeException cause) {
                log.warn("console: {} could not be refreshed", getPageTitle(), cause);
                staleNote.setText(
                        "Not current since " + context.now() + ": " + ErrorSentence.of(cause) + " Trying again.");
                staleNote.setVisible(true);
            }
        });
    }

    @Override
    public String getPageTitle() {
        return title.getText() + " · Lightvessel";
    }

    protected final Org org() {
        if (org == null) {
            throw new IllegalStateException("no organisation before the screen was entered");
        }
        return org;
    }

    protected final Address address() {
        if (address == null) {
            throw new IllegalStateException("no address before the screen was entered");
        }
        return address;
    }

    /** Writes state into the address without loading anything. */
    protected final void remember(String name, String value) {
        Address changed = address().with(name, value);
        address = changed;
        getUI().ifPresent(ui ->
                ui.getPage().getHistory().replaceState(null, new Location(changed.path(), changed.query())));
    }

    protected final void setHeading(String text, Component... beside) {
        title.setText(text);
        heading.getChildren().filter(child -> !child.equals(title)).toList().forEach(heading::remove);
        heading.add(beside);
    }

    protected final void setSummary(String text) {
        if (!text.equals(summary.getText())) {
            summary.setText(text);
        }
    }

    protected final void setActions(Component... components) {
        actions.removeAll();
        actions.add(components);
    }

    protected final void setBody(Component... components) {
        body.removeAll();
        body.add(components);
    }

    protected final Div body() {
        return body;
    }
}
