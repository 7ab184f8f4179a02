package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** Replicas come before others go, hand over first, and get what their config names. */
class GatewayManifestsTest {
    private static final ClusterFacts FACTS = new ClusterFacts("demo", "");
    /** The default of {@code drain_timeout}, and what the engine takes for its queues. */
    private static final int HANDING_OVER = 15;

    private static final int QUEUES = 10;

    private final StackRenderer renderer = new StackRenderer();

    @Test
    void aReplicaHandsOverBeforeItIsTold() {
        Map<String, Object> pod = at(deployment(StackFixtures.full()), "spec", "template", "spec");
        Map<String, Object> container = container(pod);

        List<String> arguments = at(container, "args");
        String state = arguments.get(arguments.indexOf("--state") + 1);
        assertThat(this.<List<String>>at(container, "lifecycle", "preStop", "exec", "command"))
                .startsWith("lightvessel-agent", "drain", "--state", state);
        assertThat(this.<List<Map<String, Object>>>at(container, "volumeMounts"))
                .as("the hook finds the agent by its state directory, which the agent makes, as the volume is root's")
                .contains(Map.of("name", "state", "mountPath", state.substring(0, state.lastIndexOf('/'))));
        assertThat(this.<Integer>at(pod, "terminationGracePeriodSeconds"))
                .as("hook, SIGTERM, queues")
                .isGreaterThan(2 * HANDING_OVER + QUEUES);
    }

    @Test
    void thereAreNeverFewerReplicasThanThereShouldBe() {
        Map<String, Object> spec = at(deployment(StackFixtures.full()), "spec");

        assertThat(this.<Map<String, Object>>at(spec, "strategy", "rollingUpdate"))
                .containsEntry("maxUnavailable", 0)
                .containsEntry("maxSurge", 1);
        assertThat(this.<Integer>at(spec, "minReadySeconds")).isPositive();
        assertThat(this.<String>at(container(at(spec, "template", "spec")), "readinessProbe", "httpGet", "path"))
                .isEqualTo("/");
    }

    @Test
    void theNumberIsTheAutoscalersWhereThereIsOne() {
        StackSpec full = StackFixtures.full();
        Gateway gateway = full.gateway();
        var off = new HpaPolicy(false, 2, 6, 70, gateway.scaling().behavior());
        StackSpec fixed = full.withGateway(gateway.withScaling(off).withReplicas(3));

        assertThat(this.<Map<String, Object>>at(deployment(full), "spec")).doesNotContainKey("replicas");
        assertThat(this.<Map<String, Object>>at(deployment(fixed), "spec")).containsEntry("replicas", 3);
        assertThat(this.<Map<String, Object>>at(file(full, "hpa.yaml"), "spec", "scaleTargetRef"))
                .containsEntry("kind", "Deployment")
                .containsEntry("name", at(deployment(full), "metadata", "name"));
    }

    @Test
    void theServicesFindTheReplicasAndTheirPorts() {
        StackSpec full = StackFixtures.full();
        Map<String, Object> template = at(deployment(full), "spec", "template");
        List<Map<String, Object>> ports = at(container(at(template, "spec")), "ports");

        for (String service : List.of("service.yaml", "service-cluster.yaml")) {
            Map<String, Object> spec = at(file(full, service), "spec");
            assertThat(this.<Map<String, Object>>at(template, "metadata", "labels"))
                    .containsAllEntriesOf(at(spec, "selector"));
            assertThat(this.<List<Map<String, Object>>>at(spec, "ports"))
                    .allSatisfy(port -> assertThat(ports)
                            .contains(Map.of(
                                    "name",
                                    port.get("name"),
                                    "containerPort",
                                    port.get("targetPort"),
                                    "protocol",
                                    "TCP")));
        }
    }

    @Test
    void whoSharesHasTheSecretAndWhoAsksTheAccount() {
        StackSpec full = StackFixtures.full();
        Map<String, Object> pod = at(deployment(full), "spec", "template", "spec");
        Map<String, Object> own = at(file(full, "serviceaccount.yaml"), "metadata");
        assertThat(pod).containsEntry("serviceAccountName", own.get("name"));
        assertThat(this.<List<Map<String, Object>>>at(container(pod), "env"))
                .contains(Map.of(
                        "name",
                        "LIGHTVESSEL_CLUSTER_SECRET",
                        "valueFrom",
                        Map.of("secretKeyRef", Map.of("name", "alloy-cluster", "key", "secret"))));

        StackSpec pushed = full.withGateway(full.gateway()
                .withScraping(StackFixtures.demo().gateway().scraping())
                .withProfiles(StackFixtures.demo().gateway().profiles()));
        assertThat(pushed.gateway().scraping()).isNotEqualTo(full.gateway().scraping());
        Map<String, Object> alone = at(deployment(pushed), "spec", "template", "spec");
        assertThat(alone).doesNotContainKey("serviceAccountName").containsEntry("automountServiceAccountToken", false);
        assertThat(this.<List<Map<String, Object>>>at(container(alone), "env"))
                .extracting(variable -> variable.get("name"))
                .doesNotContain("LIGHTVESSEL_CLUSTER_SECRET");
    }

    @Test
    void replicasMayNothing() {
        Map<String, Object> pod = at(deployment(StackFixtures.full()), "spec", "template", "spec");

        assertThat(this.<Map<String, Object>>at(pod, "securityContext")).containsEntry("runAsNonRoot", true);
        assertThat(this.<Map<String, Object>>at(container(pod), "securityContext"))
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(this.<Map<String, Object>>at(container(pod), "resources", "requests"))
                .as("an autoscaler's percent are of it")
                .containsKey("cpu");
    }

    @ParameterizedTest
    @EnumSource(DeploymentMode.class)
    void thereAreReplicasWhereTheModeHasSome(DeploymentMode mode) {
        StackSpec spec = StackFixtures.full().withMode(mode);
        boolean expected = mode == DeploymentMode.GATEWAY || mode == DeploymentMode.HYBRID;

        assertThat(renderer.kubernetes(spec, FACTS).stream()
                        .anyMatch(file -> file.name().equals("deployment.yaml")))
                .isEqualTo(expected);
        assertThat(
                        renderer
                                .render(spec, FACTS, RenderTarget.KUBERNETES, io.lightvessel.wire.AgentRole.GATEWAY)
                                .findings()
                                .stream()
                                .anyMatch(finding -> finding.path().equals("gateway")))
                .isEqualTo(expected);
    }

    private Map<String, Object> deployment(StackSpec spec) {
        return file(spec, "deployment.yaml");
    }

    private Map<String, Object> container(Map<String, Object> pod) {
        return this.<List<Map<String, Object>>>at(pod, "containers").getFirst();
    }

    private Map<String, Object> file(StackSpec spec, String name) {
        return renderer.kubernetes(spec, FACTS).stream()
                .filter(file -> file.name().equals(name))
                .map(RenderedFile::text)
                .map(text -> new Yaml().<Map<String, Object>>load(text))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private <T> T at(Map<String, Object> tree, String... path) {
        Object at = tree;
        for (String step : path) {
            at = ((Map<String, Object>) at).get(step);
        }
        return (T) at;
    }
}
