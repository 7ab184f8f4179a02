package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.render.text.Placeholders;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Collector;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.PodLogs;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Golden files; {@code -Dlightvessel.golden.update=true} writes them anew, to be looked at before committing. */
class StackRendererTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/lightvessel/render");
    private static final ClusterFacts DEMO = new ClusterFacts("demo", "");
    private static final ClusterFacts PROD = new ClusterFacts("prod-eu", "production");

    private final StackRenderer renderer = new StackRenderer();

    @ParameterizedTest
    @EnumSource(AgentRole.class)
    void theDemoStackReadsAsCommitted(AgentRole role) throws IOException {
        assertGolden("demo-" + role.wireName(), renderer.agentConfig(StackFixtures.demo(), DEMO, role));
    }

    @ParameterizedTest
    @EnumSource(AgentRole.class)
    void theFullStackReadsAsCommitted(AgentRole role) throws IOException {
        assertGolden("full-" + role.wireName(), renderer.agentConfig(StackFixtures.full(), PROD, role));
    }

    @Test
    void theKubernetesObjectsReadAsCommitted() throws IOException {
        for (RenderedFile file : renderer.kubernetes(StackFixtures.full(), PROD)) {
            assertGolden("full-" + file.name().replace(".yaml", ""), file);
        }
    }

    @Test
    void thereIsNoAutoscalerWhenScalingIsOff() {
        StackSpec spec = StackFixtures.demo();
        var off = new HpaPolicy(false, 2, 6, 70, spec.gateway().scaling().behavior());

        assertThat(renderer.kubernetes(spec.withGateway(spec.gateway().withScaling(off)), DEMO))
                .extracting(RenderedFile::name)
                .containsExactly(
                        "service.yaml",
                        "deployment.yaml",
                        "collector-daemonset.yaml",
                        "collector-serviceaccount.yaml",
                        "collector-clusterrole.yaml",
                        "collector-clusterrolebinding.yaml");
    }

    @Test
    void theOrderAttributesWereWrittenInDoesNotShow() {
        StackSpec spec = StackFixtures.demo();
        var one = new LinkedHashMap<String, String>();
        one.put("a", "1");
        one.put("b", "2");
        var other = new LinkedHashMap<String, String>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(render(spec.withGateway(spec.gateway().withResourceAttributes(one))))
                .isEqualTo(render(spec.withGateway(spec.gateway().withResourceAttributes(other))));
    }

    @Test
    void theDigestIsThatOfTheText() {
        RenderedFile file = renderer.agentConfig(StackFixtures.demo(), DEMO, AgentRole.GATEWAY);

        assertThat(file.sha256()).isEqualTo(Digests.sha256Hex(file.text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSignalWithoutABackendHasNoPipeline() {
        StackSpec spec = StackFixtures.demo();
        Backends b = spec.backends();
        String text = render(spec.withBackends(new Backends(b.metrics(), null, null, null, b.grafana())));

        assertThat(text)
                .contains("    metrics:\n")
                .doesNotContain("    traces:\n")
                .doesNotContain("    logs:\n");
    }

    @Test
    void aDollarThatIsNoPlaceholderIsDoubled() {
        assertThat(Placeholders.escaped("5$ ${env:A} ${B} ${env:C:-d} $$"))
                .isEqualTo("5$$ ${env:A} $${B} ${env:C:-d} $$$$");
    }

    @Test
    void whatTheStackSaysOfAnAttributeWinsOverTheClustersName() {
        StackSpec spec = StackFixtures.demo();
        String text =
                render(spec.withGateway(spec.gateway().withResourceAttributes(Map.of("k8s.cluster.name", "other"))));

        assertThat(text).contains("value: other").doesNotContain("value: demo");
    }

    @Test
    void podLogsSwitchedOffLeaveTheCollectorNothingToDo() throws IOException {
        StackSpec spec = StackFixtures.demo();
        Collector off = StackSpec.defaults().collector().withPodLogs(new PodLogs(false, "/var/log/pods"));

        assertGolden("idle-collector", renderer.agentConfig(spec.withCollector(off), DEMO, AgentRole.COLLECTOR));
    }

    @Test
    void aConfigWrittenByHandIsWhatTheRoleRuns() {
        StackSpec spec = StackFixtures.demo();
        StackSpec byHand = spec.withRaw(spec.raw().with(AgentRole.EDGE, "exporters: {debug: {}}\n"));

        assertThat(renderer.agentConfig(byHand, DEMO, AgentRole.EDGE).text()).isEqualTo("exporters: {debug: {}}\n");
        assertThat(render(byHand)).isEqualTo(render(spec));
    }

    @Test
    void whatTheDialectDoesNotWriteIsNamed() throws IOException {
        StackSpec everything = new StackDocument()
                .read(Files.readString(Path.of("src/test/resources/io/lightvessel/stack/v1alpha2/everything.json")));

        assertThat(renderer.leftOut(StackFixtures.full())).isEmpty();
        assertThat(renderer.leftOut(everything))
                .allMatch(finding -> !finding.isError() && finding.fix() != null)
                .extracting(StackFinding::path)
                .contains(
                        "mode",
                        "gateway.processors.redaction",
                        "sampling.tail",
                        "collector.profiles.memoryBudgetMib",
                        "backends.destinations.audit",
                        "backends.destinations.datadog",
                        "backends.destinations.search")
                .doesNotContain(
                        "backends.destinations.metrics",
                        "backends.destinations.traces",
                        "backends.destinations.plain",
                        "gateway.receivers.jaeger",
                        "collector.podLogs",
                        "collector.podLogs.multiline",
                        "sampling.gatewayPercent");
    }

    private String render(StackSpec spec) {
        return renderer.agentConfig(spec, DEMO, AgentRole.GATEWAY).text();
    }

    private static void assertGolden(String name, RenderedFile file) throws IOException {
        Path golden = GOLDEN.resolve(name + ".yaml");
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, file.text());
        }
        assertThat(file.text()).isEqualTo(Files.readString(golden));
    }
}
