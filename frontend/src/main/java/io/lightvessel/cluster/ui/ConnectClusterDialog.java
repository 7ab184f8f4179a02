package io.lightvessel.cluster.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.FreshSecret;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import java.util.List;

/** Creates a cluster and the token its first agent enrols with, then leads to where the agent is awaited. */
class ConnectClusterDialog extends Dialog {

    private final transient Org org;
    private final transient ClusterService clusters;
    private final transient EnrollmentTokens tokens;

    private final TextField name = new TextField("Name");
    private final ComboBox<String> environment = new ComboBox<>("Environment");
    private final Paragraph slug = new Paragraph();

    ConnectClusterDialog(Org org, ClusterService clusters, EnrollmentTokens tokens) {
        this.org = org;
        this.clusters = clusters;
        this.tokens = tokens;
        setId("connect-cluster-dialog");
        setHeaderTitle("Connect a cluster");
        setWidth("460px");
        name.setId("cluster-name");
        name.setRequiredIndicatorVisible(true);
        name.setWidthFull();
        name.setAutofocus(true);
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(event -> {
            name.setInvalid(false);
            showSlug();
        });
        environment.setId("cluster-environment");
        environment.setItems(List.of("production", "staging", "development"));
        environment.setAllowCustomValue(true);
        environment.addCustomValueSetListener(event -> environment.setValue(event.getDetail()));
        environment.setWidthFull();
        slug.addClassName("lv-soft");
        Paragraph next = new Paragraph(
                "Next you get a command with a token: for one agent, valid for 24 hours, for this" + " cluster only.");
        next.addClassName("lv-soft");
        Div form = new Div(name, slug, environment, next);
        form.addClassName("lv-dialog-form");
        add(form);
        Button cancel = new Button("Cancel", click -> close());
        Button create = new Button("Create and get the command", click -> create());
        create.setId("cluster-create");
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(cancel, create);
        showSlug();
    }

    private void showSlug() {
        String made = ClusterSlug.of(name.getValue());
        slug.setText(
                made.isEmpty()
                        ? "Its name in addresses and in the API is made from this."
                        : "In addresses and in the API: " + made);
    }

    private void create() {
        String made = ClusterSlug.of(name.getValue());
        if (made.isEmpty()) {
            name.setErrorMessage("Give the cluster a name with at least one letter.");
            name.setInvalid(true);
            return;
        }
        try {
            CreatedToken created = org.call(() -> {
                Cluster cluster =
                        clusters.create(new NewCluster(made, name.getValue().strip(), environment.getValue(), null));
                return tokens.create(NewEnrollmentToken.single("First agent of " + cluster.name(), cluster.id()));
            });
            close();
            UI ui = UI.getCurrent();
            FreshSecret.keep(ui, created.token().id(), created.secret());
            ui.navigate(Paths.enrolment(org, created.token().id()));
        } catch (LightvesselException e) {
            name.setErrorMessage(ErrorSentence.of(e));
            name.setInvalid(true);
        }
    }
}
