package io.lightvessel.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.lightvessel.audit.AuditEntry;
import io.lightvessel.audit.AuditFilter;
import io.lightvessel.audit.AuditLog;
import io.lightvessel.audit.Verification;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what in the organisation, latest first, and whether the log is whole. */
@Route(value = "o/:org/audit", layout = Frame.class)
@PermitAll
class AuditView extends Screen {

    private final transient AuditLog log;
    private final transient Rows<AuditEntry> rows;
    private final Grid<AuditEntry> grid = new Grid<>();
    private final Div outcome = new Div();
    private final TextField actor = field("Who", "actor", "user:ada");
    private final TextField action = field("What", "action", "cluster.* or stack.save");
    private final TextField target = field("Of", "target", "cluster/prod");

    AuditView(ScreenContext context, AuditLog log) {
        super(context);
        this.log = log;
        setHeading("Audit");
        setSummary("Everything that changed this organisation, each entry sealed with the one before.");
        addClassName("lv-fill");
        rows = new Rows<>(request -> org().call(() -> log.list(filter(), request)));
        grid.setId("audit-grid");
        grid.setSizeFull();
        grid.getElement().setAttribute("aria-label", "Changes");
        columns();
        grid.setItemDetailsRenderer(new ComponentRenderer<>(AuditView::details));
        grid.setItems(rows::fetch).setItemCountEstimate(50);
        outcome.setId("audit-outcome");
        outcome.getElement().setAttribute("role", "status");
    }

    @Override
    protected void show(Org org, Address address) {
        outcome.removeAll();
        if (!org.may(Permission.AUDIT_READ)) {
            setActions();
            setBody(new EmptyState(
                    Icons.LOCK,
                    "Not for your role",
                    Permission.AUDIT_READ.reason() + " You are "
                            + (org.actor().role() == null
                                    ? "nothing"
                                    : org.actor().role().word()) + " here."));
            return;
        }
        Button verify = new Button("Check the log", click -> verify(org));
        verify.setId("audit-verify");
        setActions(verify);
        actor.setValue(address.query("actor").orElse(""));
        action.setValue(address.query("action").orElse(""));
        target.setValue(address.query("target").orElse(""));
        Div toolbar = new Div(actor, action, target);
        toolbar.addClassName("lv-toolbar");
        setBody(toolbar, outcome, grid);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        if (org.may(Permission.AUDIT_READ)) {
            rows.restart();
            grid.getDataProvider().refreshAll();
        }
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Audit"));
    }

    private TextField field(String label, String parameter, String example) {
        TextField field = new TextField(label);
        field.setId("audit-" + parameter);
        field.setPlaceholder(example);
        field.setClearButtonVisible(true);
        field.setMaxLength(200);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                remember(parameter, event.getValue().strip());
                refresh(org());
            }
        });
        return field;
    }

    private AuditFilter filter() {
        return new AuditFilter(text(actor), text(action), text(target), null, null);
    }

    private static @Nullable String text(TextField field) {
        String text = field.getValue().strip();
        return text.isEmpty() ? null : text;
    }

    private void columns() {
        grid.addColumn(AuditEntry::number).setHeader("Entry").setWidth("80px").setFlexGrow(0);
        grid.addComponentColumn(entry -> new RelativeTime(entry.at()))
                .setHeader("When")
                .setWidth("110px");
        grid.addColumn(entry -> ActorWords.of(entry.actor()))
                .setHeader("Who")
                .setWidth("170px")
                .setTooltipGenerator(AuditEntry::actor);
        grid.addColumn(AuditEntry::action).setHeader("What").setWidth("190px");
        grid.addColumn(AuditEntry::target).setHeader("Of").setWidth("230px").setFlexGrow(2);
        grid.addColumn(entry -> entry.after() == null ? "" : entry.after())
                .setHeader("Is now")
                .setWidth("260px")
                .setFlexGrow(3);
    }

    private static Component details(AuditEntry entry) {
        return new Facts()
                .with("Before", code(entry.before()))
                .with("After", code(entry.after()))
                .with("Request", new Code(entry.requestId()))
                .with("Hash", new Code(entry.hash()));
    }

    private static Component code(@Nullable String json) {
        return new Code(json == null ? "nothing" : json);
    }

    private void verify(Org org) {
        Verification found = org.call(log::verify);
        Verification.Broken broken = found.broken();
        outcome.removeAll();
        outcome.add(
                broken == null
                        ? new Note(
                                Tone.GOOD,
                                "The log is whole: %d entries, head %s.".formatted(found.entries(), found.head()))
                        : new Note(
                                Tone.BAD,
                                "The log is broken: %s. Intact up to entry %d."
                                        .formatted(broken.reason(), found.entries())));
    }
}
