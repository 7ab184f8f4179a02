package io.lightvessel.bench;

import io.lightvessel.bench.load.Coding;
import io.lightvessel.bench.load.Telemetry;
import java.util.List;

/** All measurements of the table in docs/performance.md; below twelve minutes together. */
final class Suite {

    private Suite() {}

    /** @param base whose times, connections and peer hold for all */
    static List<OtlpOptions> all(OtlpOptions base) {
        OtlpOptions logs = base.withTelemetry(Telemetry.LOGS).withProtocol(true);
        OtlpOptions spans = base.withTelemetry(Telemetry.SPANS).withProtocol(true);
        OtlpOptions metrics = base.withTelemetry(Telemetry.METRICS).withProtocol(true);
        return List.of(
                logs,
                logs.withCoding(Coding.GZIP),
                logs.withCoding(Coding.ZSTD),
                logs.withProtocol(false),
                logs.withProtocol(false).withCoding(Coding.GZIP),
                logs.withBatch(50),
                spans,
                spans.withCoding(Coding.GZIP),
                metrics,
                metrics.withCoding(Coding.GZIP),
                logs.withProcessing(Processing.BATCH),
                logs.withProcessing(Processing.RENAME).withRate(200_000),
                logs.withProcessing(Processing.RENAME10).withRate(200_000),
                logs.withProcessing(Processing.RENAME),
                logs.withProcessing(Processing.SAMPLE),
                logs.withRate(100_000),
                logs.withRate(1_000_000),
                logs.withOverload(5));
    }
}
