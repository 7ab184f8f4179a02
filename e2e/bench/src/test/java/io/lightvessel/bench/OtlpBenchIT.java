package io.lightvessel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.bench.load.Coding;
import io.lightvessel.bench.load.Telemetry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Measures the packaged agent for a moment: not how fast it is, but that nothing is lost and all figures are there. */
class OtlpBenchIT {

    private static final Path AGENT =
            Path.of("../../agents/agent/target/agent").toAbsolutePath().normalize();
    private static final OtlpOptions SHORT = OtlpOptions.DEFAULTS.withTimes(2, 0);

    private final OtlpBench bench = new OtlpBench(
            new AgentProgram(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + AGENT.resolve("agent.options"),
                    "-jar",
                    AGENT.resolve("lightvessel-agent.jar").toString())),
            Pinning.none());

    @Test
    void logsOverGrpcArriveOnceAndEveryFigureIsThere() throws Exception {
        Figures figures = bench.run(SHORT);
        assertSane(figures);
        String json = JsonMapper.builder().build().writeValueAsString(figures);
        assertThat(json).contains("\"recordsPerSecond\":", "\"cpuSecondsPerMillionRecords\":", "\"copyRatio\":");
    }

    @Test
    void packedSpansOverHttpArriveOnce() throws Exception {
        assertSane(bench.run(
                SHORT.withTelemetry(Telemetry.SPANS).withProtocol(false).withCoding(Coding.GZIP)));
    }

    @Test
    void mergedMetricsAtARateArriveOnce() throws Exception {
        Figures figures = bench.run(SHORT.withTelemetry(Telemetry.METRICS)
                .withProcessing(Processing.BATCH)
                .withBatch(100)
                .withRate(2000));
        assertThat(figures.error()).isNull();
        assertThat(figures.lostRecords()).isZero();
        assertThat(figures.acknowledgedRequests()).isPositive();
    }

    @Test
    void anAgentThatDoesNotStartIsARowOfItsOwn() throws Exception {
        Figures figures = bench.run(SHORT.withPeer("echo no such thing; exit 3"));
        assertThat(figures.error()).isEqualTo("the agent ended with exit code 3:\nno such thing");
    }

    private static void assertSane(Figures figures) {
        assertThat(figures.error()).isNull();
        assertThat(figures.lostRecords()).isZero();
        assertThat(figures.duplicateRequests()).isZero();
        assertThat(figures.failedRequests()).isZero();
        assertThat(figures.acknowledgedRequests()).isPositive();
        assertThat(figures.recordsPerSecond()).isPositive();
        assertThat(figures.cpuSecondsPerMillionRecords()).isPositive();
        assertThat(figures.rssIdleMebibytes()).isBetween(20.0, 400.0);
        assertThat(figures.memoryCopyGigabytesPerSecond()).isPositive();
        assertThat(figures.p99Millis()).isGreaterThanOrEqualTo(figures.p50Millis());
    }
}
