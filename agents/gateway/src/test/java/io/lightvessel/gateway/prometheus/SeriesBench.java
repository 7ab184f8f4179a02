package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.series.SeriesToOtlp;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.series.SeriesWalk;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * Measures what is done with a scrape of ten thousand series on its way out, on one core, in series a second of processor
 * time. A main class: {@code java -cp ... io.lightvessel.gateway.prometheus.SeriesBench [seconds]}.
 */
final class SeriesBench {
    private static final int SERIES = 10_000;

    private SeriesBench() {}

    private interface Step {
        Object run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        long nanos = (args.length == 0 ? 2 : Integer.parseInt(args[0])) * 1_000_000_000L;
        Scrape scrape = Scrape.of("shop", "10.0.0.7:8080");
        for (int i = 0; i < SERIES; i++) {
            scrape.counter(
                    "http_requests_total", i, "code", "" + 200 + i % 5, "handler", "/api/v1/" + i, "method", "GET");
        }
        Payload payload = scrape.payload();
        SeriesRequests plain = requests(Map.of());
        SeriesRequests labelled = requests(Map.of("cluster", "eu-1"));
        measure("walk", payload, nanos, () -> SeriesWalk.countRecords(payload.bytes()));
        measure("2.0, as it is", payload, nanos, () -> plain.of(payload, Protocol.V2));
        measure("2.0, external label", payload, nanos, () -> labelled.of(payload, Protocol.V2));
        measure("2.0, merged", payload, nanos, () -> plain.merged(List.of(payload), Protocol.V2));
        measure("1.0", payload, nanos, () -> plain.of(payload, Protocol.V1));
        measure("OTLP", payload, nanos, () -> {
            var otlp = new SeriesToOtlp().toOtlp(payload);
            otlp.release();
            return otlp;
        });
    }

    private static SeriesRequests requests(Map<String, String> external) {
        PrwOptions options = new PrwOptions(external, "", false, false, true, true, new Naming(true, true), false);
        return new SeriesRequests(options, 64 << 20);
    }

    private static void measure(String name, Payload payload, long nanos, Step step) throws Exception {
        run(step, nanos);
        long cpu = cpu();
        long rounds = run(step, nanos);
        double perSecond = (double) rounds * SERIES * 1e9 / (cpu() - cpu);
        System.out.printf(
                "%-20s %6.2f M series/s, %.0f MB/s%n",
                name, perSecond / 1e6, perSecond / SERIES * payload.size() / 1e6);
    }

    private static long run(Step step, long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        long rounds = 0;
        while (System.nanoTime() < end) {
            if (step.run() == null) {
                throw new IllegalStateException("nothing made");
            }
            rounds++;
        }
        return rounds;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
