package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.stack.Draft;
import io.lightvessel.tenancy.Permission;
import java.util.List;
import java.util.function.Consumer;

/** Stacks somebody works on, and those that were kept because others saved first. */
class DraftList extends Div {
    private final transient Consumer<Draft> open;
    private final transient Consumer<Draft> delete;

    DraftList(Consumer<Draft> open, Consumer<Draft> delete) {
        this.open = open;
        this.delete = delete;
        setId("stack-drafts");
    }

    void set(Org org, List<Draft> drafts) {
        removeAll();
        if (drafts.isEmpty()) {
            Paragraph none =
                    new Paragraph("No drafts. One is kept when you ask for it, or when somebody saves before you.");
            none.addClassName("lv-soft");
            add(none);
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("lv-plain");
        drafts.forEach(draft -> list.add(item(org, draft)));
        add(list);
    }

    private ListItem item(Org org, Draft draft) {
        String words = draft.message().isBlank() ? "(no message)" : draft.message();
        Span what = new Span(words);
        what.addClassName("lv-strong");
        Button use = new Button("Continue", click -> open.accept(draft));
        use.addClassName(EditLock.EDITS);
        use.setAriaLabel("Continue draft " + words);
        use.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        Button drop = new Button("Delete", click -> delete.accept(draft));
        drop.setAriaLabel("Delete draft " + words);
        drop.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
        Div head = new Div(what, new Div(use, Permit.orNothing(org, Permission.STACK_WRITE, drop)));
        head.addClassNames("lv-row", "lv-between");
        Div by = new Div(
                new Span(ActorWords.of(draft.author()) + ", from revision " + draft.base() + ", "),
                new RelativeTime(draft.updatedAt()));
        by.addClassName("lv-soft");
        return new ListItem(head, by);
    }
}
