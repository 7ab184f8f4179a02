package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Destination;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.Processors;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.Signal;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import io.lightvessel.wire.AgentRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trap is found where it is set, with its path, and nowhere else; the page about them says what there is. */
class StackTrapsTest {
    private static final Path PAGE = Path.of("../docs/stack-traps.md");
    private static final StackSpec CLEAN = clean();

    private static StackSpec clean() {
        StackSpec demo = StackFixtures.demo();
        return demo.withGateway(demo.gateway()
                .withProcessors(demo.gateway()
                        .processors()
                        .withMemoryLimiter(new Processors.MemoryLimiter(true, "1s", 80, 25))));
    }

    private static Map<Trap, StackSpec> set() {
        Gateway gateway = CLEAN.gateway();
        Map<Trap, StackSpec> set = new EnumMap<>(Trap.class);
        set.put(Trap.MEMORY_LIMIT_NOT_FIRST, raw("[batch, memory_limiter]"));
        set.put(Trap.BATCH_BEFORE_SAMPLING, raw("[memory_limiter, batch, probabilistic_sampler]"));
        set.put(Trap.BATCHES_WITHOUT_BOUND, CLEAN.withGateway(gateway.withBatch(new Gateway.Batch("1s", 10, 0))));
        set.put(
                Trap.ENDLESS_VALUES,
                CLEAN.withGateway(gateway.withProcessors(gateway.processors()
                        .withAttributes(List.of(new Processors.AttributeAction(
                                "user.id", Processors.Action.UPSERT, null, "baggage.user"))))));
        set.put(
                Trap.PLAINTEXT_TO_THE_INTERNET,
                CLEAN.withBackends(CLEAN.backends()
                        .withDestination(
                                "far", new Destination.Tempo("tempo.example.com:4317", true, null, Map.of()))));
        Scraping scraping = gateway.scraping().withJobs(List.of(new StaticJob("a", List.of("a:80"), null, false)));
        set.put(Trap.SHORTER_THAN_TIMEOUT, CLEAN.withGateway(gateway.withScraping(scraping.withInterval("5s"))));
        set.put(
                Trap.SENT_TWICE,
                CLEAN.withBackends(CLEAN.backends()
                        .withDestination(
                                "again",
                                new Destination.Otlp(
                                        Destination.Otlp.Protocol.GRPC,
                                        "127.0.0.1:14327",
                                        true,
                                        List.of(Signal.TRACES),
                                        Map.of()))));
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < 11; i++) {
            attributes.put("a" + i, "x");
        }
        set.put(Trap.TOO_MANY_LABELS, CLEAN.withCollector(CLEAN.collector().withResourceAttributes(attributes)));
        return set;
    }

    private static StackSpec raw(String processors) {
        return CLEAN.withRaw(CLEAN.raw().with(AgentRole.GATEWAY, """
                receivers: {otlp: {protocols: {grpc: {}}}}
                processors:
                  memory_limiter: {limit_percentage: 80}
                  batch: {}
                  probabilistic_sampler: {sampling_percentage: 10}
                exporters: {debug: {}}
                service:
                  pipelines:
                    traces: {receivers: [otlp], processors: %s, exporters: [debug]}
                """.formatted(processors)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_MEMORY_LIMIT")
    void aTrapIsFoundWhereItIsSet(Trap trap) {
        assertThat(StackTraps.of(CLEAN)).isEmpty();
        assertThat(StackTraps.of(set().get(trap))).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.path()).isNotEmpty();
            assertThat(finding.message()).contains("(expected: ").endsWith(trap.why());
            assertThat(finding.fix()).isEqualTo(trap.fix());
        });
    }

    @Test
    void otherProgramsThanAgentsAreToldToBoundTheirMemory() {
        StackSpec unbound = StackFixtures.demo();
        for (RenderTarget target : List.of(RenderTarget.OTELCOL, RenderTarget.ALLOY)) {
            assertThat(findings(unbound, target)).contains("gateway.processors.memoryLimiter.enabled");
            assertThat(findings(CLEAN, target)).doesNotContain("gateway.processors.memoryLimiter.enabled");
        }
        assertThat(findings(unbound, RenderTarget.AGENT)).isEmpty();
    }

    private static List<String> findings(StackSpec spec, RenderTarget target) {
        return new StackRenderer()
                .render(spec, new ClusterFacts("a", ""), target, AgentRole.GATEWAY).findings().stream()
                        .map(RenderFinding::path)
                        .toList();
    }

    @Test
    void aFindingNamesItsPath() {
        assertThat(StackTraps.of(set().get(Trap.SENT_TWICE)))
                .extracting(StackFinding::path)
                .containsExactly("backends.destinations.traces");
        assertThat(StackTraps.of(set().get(Trap.ENDLESS_VALUES)))
                .extracting(StackFinding::path)
                .containsExactly("gateway.processors.attributes.0.key");
    }

    @ParameterizedTest
    @CsvSource({
        "tempo.example.com:4317, true",
        "http://93.184.216.34:9090/api, true",
        "http://a.b.svc.cluster.local/x, false",
        "tempo:4317, false",
        "http://10.1.2.3/x, false",
        "172.20.0.1:80, false",
        "172.32.0.1:80, true",
        "100.100.0.1:80, false",
        "${env:HOST}.example.com:80, false",
        "mimir.corp.internal:80, false"
    })
    void addressesAreInsideOrPublic(String address, boolean isPublic) {
        assertThat(Addresses.isPublic(address)).isEqualTo(isPublic);
    }

    @Test
    void thePageNamesEveryTrap() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Known traps

                What a preview of a stack warns of beyond mistakes: stacks that are valid and go wrong all the same. Each warning has
                the path of the part of the stack, what was found and expected, why it matters, and what to do. A test writes this page.

                | trap | why it matters | what to do |
                |---|---|---|
                """);
        for (Trap trap : Trap.values()) {
            page.append("| %s | %s | %s |\n".formatted(trap.title(), trap.why(), trap.fix()));
        }
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
    }
}
