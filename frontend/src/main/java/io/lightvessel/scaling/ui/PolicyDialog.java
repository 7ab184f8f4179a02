package io.lightvessel.scaling.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.QueryParameters;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.ui.HpaFields;
import io.lightvessel.stack.ui.ReviewDialog;
import io.lightvessel.stack.ui.StackEditing;
import java.util.Optional;

/** Edits the scaling policy alone; it is reviewed and saved as a revision of the stack it belongs to. */
class PolicyDialog extends Dialog {

    private final transient Org org;
    private final transient StackService stacks;
    private final transient Cluster cluster;
    private final transient StackSpec base;
    private final int revision;
    private final HpaFields fields = new HpaFields(this::check);
    private final Paragraph problem = new Paragraph();
    private final Button review = new Button("Review changes");

    PolicyDialog(Org org, StackEditing editing, Cluster cluster, Runnable saved) {
        this.org = org;
        this.stacks = editing.stacks();
        this.cluster = cluster;
        Optional<StackRevision> current = org.call(() -> editing.stacks().current(cluster.id()));
        base = current.map(StackRevision::spec).orElseGet(StackSpec::defaults);
        revision = current.map(StackRevision::number).orElse(0);
        setId("policy-dialog");
        setHeaderTitle("Scaling of the gateway of " + cluster.name());
        setWidth("min(680px, 94vw)");
        problem.setId("policy-problem");
        problem.getElement().setAttribute("role", "status");
        review.setId("policy-review");
        review.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        review.addClickListener(click -> {
            close();
            new ReviewDialog(
                            org,
                            editing,
                            cluster,
                            edited(),
                            revision,
                            done -> saved.run(),
                            draft -> UI.getCurrent()
                                    .navigate(
                                            Paths.stack(org, cluster.slug()),
                                            QueryParameters.of(
                                                    "draft", draft.id().toString())))
                    .open();
        });
        add(fields, problem);
        getFooter().add(new Button("Cancel", click -> close()), review);
        fields.write(base.gateway().scaling());
        check();
    }

    private StackSpec edited() {
        return base.withGateway(base.gateway().withScaling(fields.read()));
    }

    private void check() {
        StackSpec spec = edited();
        StackPreview preview = org.call(() -> stacks.preview(cluster, spec));
        var byPath = fields.byPath();
        byPath.values().forEach(field -> field.setInvalid(false));
        problem.setText("");
        boolean wrong = false;
        for (StackFinding finding : preview.findings()) {
            if (!finding.isError()) {
                continue;
            }
            wrong = true;
            var field = byPath.get(finding.path());
            if (field == null) {
                problem.setText(finding.path() + ": " + finding.message());
            } else {
                field.setErrorMessage(finding.message());
                field.setInvalid(true);
            }
        }
        review.setEnabled(!wrong && !spec.equals(base));
    }
}
