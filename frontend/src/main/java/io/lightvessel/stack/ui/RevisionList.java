package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.stack.RevisionSummary;
import java.util.List;
import java.util.function.Consumer;

/** The saved revisions of a stack, latest first. */
class RevisionList extends Div {

    private final transient Consumer<RevisionSummary> load;
    private final transient Consumer<RevisionSummary> open;

    /**
     * @param load brings a revision into the form, to be reviewed and saved as a new one
     * @param open shows what a revision changed
     */
    RevisionList(Consumer<RevisionSummary> load, Consumer<RevisionSummary> open) {
        this.load = load;
        this.open = open;
        setId("stack-revisions");
    }

    void set(List<RevisionSummary> revisions) {
        removeAll();
        if (revisions.isEmpty()) {
            Paragraph none = new Paragraph("Nothing is saved yet.");
            none.addClassName("lv-soft");
            add(none);
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("lv-plain");
        for (int i = 0; i < revisions.size(); i++) {
            list.add(item(revisions.get(i), i == 0));
        }
        add(list);
    }

    private ListItem item(RevisionSummary revision, boolean current) {
        Span number = new Span("Revision " + revision.number());
        number.addClassName("lv-strong");
        Div head = new Div(number);
        head.addClassNames("lv-row", "lv-between");
        if (current) {
            Span tag = new Span("current");
            tag.addClassName("lv-tag");
            head.add(tag);
        } else {
            Button use = new Button("Load into the form", click -> load.accept(revision));
            use.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
            use.setAriaLabel("Load revision " + revision.number() + " into the form");
            head.add(use);
        }
        Span what = new Span(revision.message().isBlank() ? "(no message)" : revision.message());
        Span who = new Span(ActorWords.of(revision.author()) + ", ");
        Div by = new Div(who, new RelativeTime(revision.createdAt()));
        by.addClassName("lv-soft");
        Button changes = new Button("What changed", click -> open.accept(revision));
        changes.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        changes.setAriaLabel("What revision " + revision.number() + " changed");
        return new ListItem(head, new Div(what), by, changes);
    }
}
