package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.stack.Inheritance;
import io.lightvessel.stack.Origin;
import io.lightvessel.stack.Provenance;
import io.lightvessel.tenancy.Permission;

/** Says what a stack inherits from, and lets that be changed. */
class InheritanceCard extends Div {
    private final transient Runnable inherit;
    private final transient Runnable detach;

    InheritanceCard(Runnable inherit, Runnable detach) {
        this.inherit = inherit;
        this.detach = detach;
        setId("stack-inheritance");
    }

    void standsAlone(Org org) {
        removeAll();
        Paragraph words = new Paragraph("This stack stands alone.");
        words.addClassName("lv-soft");
        add(words, actions(org, button("stack-inherit", "Inherit from a blueprint", inherit)));
    }

    void set(Org org, Inheritance inheritance, Provenance provenance) {
        removeAll();
        String how = inheritance.follows()
                ? "Follows blueprint %s, now at revision %d: a new revision of it becomes one of this stack."
                : "Pinned to blueprint %s revision %d: newer ones change nothing here.";
        long own = provenance.origins().values().stream()
                .filter(Origin.CLUSTER::equals)
                .count();
        Paragraph values = new Paragraph(
                own == 0
                        ? "Every value is inherited or a default."
                        : Format.count(own, "value is", "values are") + " this cluster's own.");
        values.addClassName("lv-soft");
        add(
                new Paragraph(how.formatted(inheritance.blueprint(), inheritance.revision())),
                values,
                new Anchor(Paths.blueprint(org, inheritance.blueprint()), "Open blueprint " + inheritance.blueprint()),
                actions(
                        org,
                        button("stack-inherit", "Change", inherit),
                        button("stack-detach", "Stand alone", detach)));
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text, click -> action.run());
        button.setId(id);
        button.addClassName(EditLock.EDITS);
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return button;
    }

    private static Component actions(Org org, Button... buttons) {
        Div row = new Div(buttons);
        row.addClassName("lv-actions");
        return Permit.orReason(org, Permission.STACK_WRITE, row);
    }
}
