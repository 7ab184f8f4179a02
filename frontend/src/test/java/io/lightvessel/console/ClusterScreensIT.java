package io.lightvessel.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Clusters, their topology and their scaling, with a cluster that has no agents. */
@SignedInAs(organisations = "console-clusters")
class ClusterScreensIT extends ConsoleTest {

    @Autowired
    private StackService stacks;

    private Org org;
    private Cluster cluster;

    @BeforeEach
    void oneCluster() {
        org = org("console-clusters");
        cluster = cluster(org, "prod");
        if (org.call(() -> stacks.current(cluster.id())).isEmpty()) {
            org.call(() -> stacks.save(
                    cluster,
                    StackSpec.defaults()
                            .withBackends(new Backends(
                                    new Backends.Http("http://prometheus:9090/api/v1/write"),
                                    null,
                                    null,
                                    null,
                                    StackSpec.defaults().backends().grafana())),
                    0,
                    "first"));
        }
    }

    @Test
    void aClusterIsListedWithItsLinks() {
        open("o/console-clusters/clusters");
        assertThat(textOf(byId(Section.class, "cluster-prod"))).contains("prod", "0 agents", "Topology", "Stack");
    }

    @Test
    void connectingAClusterLeadsToTheCommandOfItsFirstAgent() {
        open("o/console-clusters/clusters?connect=1");
        test(byId(TextField.class, "cluster-name")).setValue("Prod EU");
        test(byId(Button.class, "cluster-create")).click();
        assertThat(org.call(() -> clusters.find("prod-eu"))).isPresent();
        assertThat(textOf(byId(CodeBlock.class, "command-direct"))).contains("--token lve_");
        assertThat(texts(Main.class)).contains("First agent of Prod EU");
    }

    @Test
    void aNameThatIsTakenIsRefusedAtTheField() {
        open("o/console-clusters/clusters?connect=1");
        TextField name = byId(TextField.class, "cluster-name");
        test(name).setValue("Prod");
        test(byId(Button.class, "cluster-create")).click();
        assertThat(name.getErrorMessage()).isEqualTo("There is a cluster prod already. Choose another name.");
    }

    @Test
    void theDetailShowsWhatThereIs() {
        open("o/console-clusters/clusters/prod");
        assertThat(texts(Main.class)).contains("0 gateways are connected, between 2 and 6 are allowed");
    }

    @Test
    void aTopologyWithoutTelemetrySaysSo() {
        open("o/console-clusters/topology?cluster=prod");
        assertThat(texts(EmptyState.class)).contains("Nothing flows yet", "No agent of prod has reported telemetry.");
    }

    @Test
    void theScalingPolicyIsEditedThroughTheStack() {
        open("o/console-clusters/scaling?cluster=prod");
        assertThat(textOf(byId(CodeBlock.class, "hpa-manifest"))).contains("autoscaling/v2", "minReplicas: 2");
        test(byId(Button.class, "edit-policy")).click();
        test(byId(IntegerField.class, "hpa-max")).setValue(9);
        test(byId(Button.class, "policy-review")).click();
        test(byId(Button.class, "review-save")).click();
        assertThat(org.call(() -> stacks.current(cluster.id()))
                        .orElseThrow()
                        .spec()
                        .gateway()
                        .scaling()
                        .maxReplicas())
                .isEqualTo(9);
        assertThat(textOf(byId(CodeBlock.class, "hpa-manifest"))).contains("maxReplicas: 9");
    }

    @Test
    void aPolicyThatContradictsItselfCannotBeReviewed() {
        open("o/console-clusters/scaling?cluster=prod");
        test(byId(Button.class, "edit-policy")).click();
        test(byId(IntegerField.class, "hpa-max")).setValue(1);
        assertThat(byId(Button.class, "policy-review").isEnabled()).isFalse();
    }
}
