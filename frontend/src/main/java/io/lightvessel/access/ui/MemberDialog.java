package io.lightvessel.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.access.Member;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewMember;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.tenancy.Role;
import org.jspecify.annotations.Nullable;

/** Asks whom to let in and as what; or, for somebody who is in, what they become. */
class MemberDialog extends Dialog {

    private final transient Org org;
    private final transient Members members;
    private final transient @Nullable Member existing;
    private final transient Runnable afterwards;

    private final TextField name = new TextField("User name");
    private final Select<Role> role = new Select<>();
    private final Paragraph meaning = new Paragraph();

    MemberDialog(Org org, Members members, @Nullable Member existing, Runnable afterwards) {
        this.org = org;
        this.members = members;
        this.existing = existing;
        this.afterwards = afterwards;
        setId("member-dialog");
        setHeaderTitle(existing == null ? "Add a member" : "Change the role of " + existing.name());
        setWidth("460px");
        name.setId("member-name");
        name.setHelperText("Or e-mail address, as the sign-in knows them. They come in with their next sign-in.");
        name.setAutofocus(true);
        name.setWidthFull();
        name.setVisible(existing == null);
        role.setId("member-role");
        role.setLabel("Role");
        role.setItems(RoleWords.within(org));
        role.setItemLabelGenerator(RoleWords::of);
        role.setWidthFull();
        role.addValueChangeListener(event -> {
            role.setInvalid(false);
            meaning.setText(RoleWords.explain(event.getValue()));
        });
        role.setValue(existing == null ? Role.VIEWER : existing.role());
        meaning.addClassName("lv-soft");
        Div form = new Div(name, role, meaning);
        form.addClassName("lv-dialog-form");
        add(form);
        Button save = new Button(existing == null ? "Add member" : "Change role", click -> save());
        save.setId("member-save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void save() {
        String who = existing == null ? name.getValue().strip() : existing.name();
        Role chosen = role.getValue();
        try {
            if (existing == null) {
                org.run(() -> members.add(new NewMember(who, chosen)));
            } else {
                org.run(() -> members.changeRole(who, chosen));
            }
        } catch (LightvesselException e) {
            if (existing == null) {
                name.setErrorMessage(ErrorSentence.of(e));
                name.setInvalid(true);
            } else {
                role.setErrorMessage(ErrorSentence.of(e));
                role.setInvalid(true);
            }
            return;
        }
        close();
        Notifications.done("%s is %s now.".formatted(who, chosen.word()));
        afterwards.run();
    }
}
