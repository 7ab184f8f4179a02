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
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.RevisionSummary;
import java.util.List;
import java.util.function.Consumer;

/** The saved revisions of a stack, latest first. */
class RevisionList extends Div {

    private final transient Consumer<RevisionSummary> load;
    private final transient Consumer<RevisionSummary> open;
    private transient List<RevisionSummary> shown = List.of();
    private int shownRunning = -1;

    /**
     * @param load brings a revision into the form, to be reviewed and saved as a new one
     * @param open shows what a revision changed
     */
    RevisionList(Consumer<RevisionSummary> load, Consumer<RevisionSummary> open) {
        this.load = load;
        this.open = open;
        setId("stack-revisions");
    }

    /** @param running the number of the revision agents should run; 0 for none */
    void set(List<RevisionSummary> revisions, int running) {
        if (running == shownRunning && revisions.equals(shown)) {
            return;
        }
        shown = List.copyOf(revisions);
        shownRunning = running;
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
            list.add(item(revisions.get(i), i == 0, running));
        }
        add(list);
    }

    private static String word(RevisionSummary revision, boolean latest, int running) {
        Approval approval = revision.approval();
        if (revision.number() == running) {
            return "current";
        }
        if (approval == null || approval.state() == Approval.State.APPROVED) {
            return "";
        }
        if (approval.state() == Approval.State.REJECTED) {
            return "rejected";
        }
        return latest ? "waits for approval" : "never approved";
    }

    private ListItem item(RevisionSummary revision, boolean latest, int running) {
        Span number = new Span("Revision " + revision.number());
        number.addClassName("lv-strong");
        Div head = new Div(number);
        head.addClassNames("lv-row", "lv-between");
        Div end = new Div();
        end.addClassName("lv-row");
        String word = word(revision, latest, running);
        if (!word.isEmpty()) {
            Span tag = new Span(word);
            tag.addClassName("lv-tag");
            end.add(tag);
        }
        if (!latest) {
            Button use = new Button("Load into the form", click -> load.accept(revision));
            use.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
            use.addClassName(EditLock.EDITS);
            use.setAriaLabel("Load revision " + revision.number() + " into the form");
            end.add(use);
        }
        head.add(end);
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
