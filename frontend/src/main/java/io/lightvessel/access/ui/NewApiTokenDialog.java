package io.lightvessel.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.access.ApiTokens;
import io.lightvessel.access.CreatedApiToken;
import io.lightvessel.access.NewApiToken;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.tenancy.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks what a token is for, then shows its text, this once. */
class NewApiTokenDialog extends Dialog {
    private enum Expiry {
        WEEK("7 days", 7),
        MONTH("30 days", 30),
        QUARTER("90 days", 90),
        YEAR("a year", 365),
        NEVER("never: valid until it is revoked", 0);

        private final String label;
        private final int days;

        Expiry(String label, int days) {
            this.label = label;
            this.days = days;
        }

        @Nullable
        Instant from(Instant now) {
            return days == 0 ? null : now.plus(Duration.ofDays(days));
        }
    }

    private final transient Org org;
    private final transient ApiTokens tokens;
    private final transient Clock clock;
    private final transient Runnable afterwards;
    private final TextField name = new TextField("Name");
    private final Select<Role> role = new Select<>();
    private final Select<Expiry> expiry = new Select<>();
    private final Paragraph meaning = new Paragraph();

    NewApiTokenDialog(Org org, ApiTokens tokens, Clock clock, Runnable afterwards) {
        this.org = org;
        this.tokens = tokens;
        this.clock = clock;
        this.afterwards = afterwards;
        setId("api-token-dialog");
        setHeaderTitle("Create an API token");
        setWidth("min(600px, 94vw)");
        name.setId("api-token-name");
        name.setPlaceholder("What uses it, as in: terraform of prod-eu");
        name.setMaxLength(80);
        name.setAutofocus(true);
        name.setWidthFull();
        role.setId("api-token-role");
        role.setLabel("Role");
        role.setItems(RoleWords.within(org));
        role.setItemLabelGenerator(RoleWords::of);
        role.setWidthFull();
        role.addValueChangeListener(event -> meaning.setText(RoleWords.explain(event.getValue())));
        role.setValue(Role.VIEWER);
        meaning.addClassName("lv-soft");
        expiry.setId("api-token-expiry");
        expiry.setLabel("Expires after");
        expiry.setItems(Expiry.values());
        expiry.setItemLabelGenerator(item -> item.label);
        expiry.setValue(Expiry.QUARTER);
        expiry.setWidthFull();
        Paragraph note = new Paragraph(
                "You answer for it: when you leave or may less, so may the token. Nobody approves stacks with a token of their"
                        + " own either.");
        note.addClassName("lv-soft");
        Div form = new Div(name, role, meaning, expiry, note);
        form.addClassName("lv-dialog-form");
        add(form);
        Button create = new Button("Create token", click -> create());
        create.setId("api-token-create");
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), create);
    }

    private void create() {
        String called = name.getValue().strip();
        Role as = role.getValue();
        Instant until = expiry.getValue().from(clock.instant());
        try {
            CreatedApiToken created = org.call(() -> tokens.create(new NewApiToken(called, as, until)));
            show(created);
            afterwards.run();
        } catch (LightvesselException e) {
            name.setErrorMessage(ErrorSentence.of(e));
            name.setInvalid(true);
        }
    }

    private void show(CreatedApiToken created) {
        removeAll();
        getFooter().removeAll();
        setHeaderTitle("Token " + created.token().name());
        // A click beside the dialog must not lose what is shown only now.
        setCloseOnOutsideClick(false);
        CodeBlock text = new CodeBlock("The token", created.text());
        text.setId("api-token-text");
        Paragraph use = new Paragraph("Send it as Authorization: Bearer, from a file or the environment.");
        use.addClassName("lv-soft");
        Div body = new Div(
                new Note(
                        Tone.WARN,
                        "This is the only time it is shown. Lightvessel keeps a hash of it and nothing more."),
                text,
                use);
        body.addClassName("lv-body");
        add(body);
        Button done = new Button("I have kept it", click -> close());
        done.setId("api-token-done");
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(done);
    }
}
