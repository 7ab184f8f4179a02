package io.lightvessel.onboarding.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.FreshSecret;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.wire.AgentRole;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks what a new enrolment token may do, creates it and leads to the page that shows it once. */
class NewTokenDialog extends Dialog {

    private enum Uses {
        ONE("One agent"),
        SOME("Up to a number of agents"),
        ANY("Any number of agents");

        private final String label;

        Uses(String label) {
            this.label = label;
        }
    }

    private enum Expiry {
        HOUR("1 hour", Duration.ofHours(1)),
        DAY("24 hours", Duration.ofDays(1)),
        WEEK("7 days", Duration.ofDays(7)),
        MONTH("30 days", Duration.ofDays(30)),
        QUARTER("90 days", Duration.ofDays(90));

        private final String label;
        private final Duration time;

        Expiry(String label, Duration time) {
            this.label = label;
            this.time = time;
        }
    }

    private enum Who {
        ANY("Any role", null),
        GATEWAY("Gateways only", AgentRole.GATEWAY),
        COLLECTOR("Collectors only", AgentRole.COLLECTOR),
        EDGE("Edge agents only", AgentRole.EDGE);

        private final String label;
        private final @Nullable AgentRole role;

        Who(String label, @Nullable AgentRole role) {
            this.label = label;
            this.role = role;
        }
    }

    private final transient Org org;
    private final transient EnrollmentTokens tokens;

    private final TextField label = new TextField("Label");
    private final Select<Cluster> cluster = new Select<>();
    private final Select<Who> role = new Select<>();
    private final RadioButtonGroup<Uses> uses = new RadioButtonGroup<>("May enrol");
    private final IntegerField most = new IntegerField("At most");
    private final Select<Expiry> expiry = new Select<>();

    NewTokenDialog(Org org, EnrollmentTokens tokens, List<Cluster> clusters, Cluster chosen) {
        this.org = org;
        this.tokens = tokens;
        setId("new-token-dialog");
        setHeaderTitle("Create an enrolment token");
        setWidth("500px");
        label.setId("token-label");
        label.setPlaceholder("What it is for, as in: gateways of prod-eu");
        label.setAutofocus(true);
        label.setWidthFull();
        label.setMaxLength(100);
        cluster.setId("token-cluster");
        cluster.setLabel("Cluster");
        cluster.setItems(clusters);
        cluster.setItemLabelGenerator(Cluster::name);
        cluster.setValue(chosen);
        cluster.setWidthFull();
        role.setId("token-role");
        role.setLabel("For");
        role.setItems(Who.values());
        role.setItemLabelGenerator(item -> item.label);
        role.setValue(Who.ANY);
        role.setWidthFull();
        uses.setId("token-uses");
        uses.setItems(Uses.values());
        uses.setItemLabelGenerator(item -> item.label);
        uses.setValue(Uses.ONE);
        most.setId("token-max-uses");
        most.setMin(2);
        most.setMax(10_000);
        most.setStepButtonsVisible(true);
        most.setValue(5);
        most.setVisible(false);
        uses.addValueChangeListener(event -> most.setVisible(event.getValue() == Uses.SOME));
        expiry.setId("token-expiry");
        expiry.setLabel("Expires after");
        expiry.setItems(Expiry.values());
        expiry.setItemLabelGenerator(item -> item.label);
        expiry.setValue(Expiry.DAY);
        expiry.setWidthFull();
        Paragraph note = new Paragraph(
                "When a token expires or is revoked, agents that enrolled with it stay connected: each got a credential of"
                        + " its own.");
        note.addClassName("lv-soft");
        Div form = new Div(label, cluster, role, uses, most, expiry, note);
        form.addClassName("lv-dialog-form");
        add(form);
        Button cancel = new Button("Cancel", click -> close());
        Button create = new Button("Create token", click -> create());
        create.setId("token-create");
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(cancel, create);
    }

    private void create() {
        Cluster of = cluster.getValue();
        if (most.isVisible() && (most.isInvalid() || most.isEmpty())) {
            most.setErrorMessage("Give a number from 2 to 10,000.");
            most.setInvalid(true);
            return;
        }
        Integer limit = switch (uses.getValue()) {
            case ONE -> Integer.valueOf(1);
            case SOME -> most.getValue();
            case ANY -> null;
        };
        String text = label.getValue().isBlank()
                ? "Agents of " + of.name()
                : label.getValue().strip();
        try {
            CreatedToken created = org.call(() -> tokens.create(
                    new NewEnrollmentToken(text, of.id(), role.getValue().role, limit, expiry.getValue().time)));
            close();
            UI ui = UI.getCurrent();
            FreshSecret.keep(ui, created.token().id(), created.secret());
            ui.navigate(Paths.enrolment(org, created.token().id()));
        } catch (LightvesselException e) {
            label.setErrorMessage(ErrorSentence.of(e));
            label.setInvalid(true);
        }
    }
}
