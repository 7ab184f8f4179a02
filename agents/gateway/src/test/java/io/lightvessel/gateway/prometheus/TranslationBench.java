package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Measures how fast OTLP metrics become packed write requests, on one core, against a memory copy of the same bytes in
 * the same run. A main class: {@code java -cp ... io.lightvessel.gateway.prometheus.TranslationBench [seconds]}.
 */
final class TranslationBench {
    private static final int POINTS = 1000;

    private TranslationBench() {}

    public static void main(String[] args) throws Exception {
        long nanos = (args.length == 0 ? 3 : Integer.parseInt(args[0])) * 1_000_000_000L;
        measure("counters of 5 attributes", counters(), nanos);
        measure("histograms of 11 buckets", histograms(), nanos);
    }

    private static void measure(String name, byte[] request, long nanos) throws Exception {
        ByteBuf bytes = Unpooled.directBuffer(request.length).writeBytes(request);
        PrwOptions options = new PrwOptions(Map.of(), "", false, false, true, true, new Naming(true, true), false);
        for (Protocol protocol : Protocol.values()) {
            WriteRequests requests = new WriteRequests(options, 3_000_000);
            run(requests, bytes, protocol, nanos / 2);
            long allocated = allocated();
            long cpu = cpu();
            long rounds = run(requests, bytes, protocol, nanos);
            long cpuNanos = cpu() - cpu;
            long perRound = (allocated() - allocated) / rounds;
            long sent = requests.of(bytes, protocol).parts().stream()
                    .mapToLong(part -> part.body().length)
                    .sum();
            double points = (double) rounds * POINTS * 1e9 / cpuNanos;
            double speed = (double) rounds * request.length * 1e3 / cpuNanos;
            double copy = copy(request, nanos);
            System.out.printf(
                    "%s, %s: %.0f k points/s, %.0f MB/s of OTLP (memory copy %.0f MB/s, 1/%.0f), %.1f bytes sent and %d"
                            + " allocated per point%n",
                    name, protocol, points / 1e3, speed, copy, copy / speed, (double) sent / POINTS, perRound / POINTS);
        }
        bytes.release();
    }

    private static long run(WriteRequests requests, ByteBuf bytes, Protocol protocol, long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        long rounds = 0;
        while (System.nanoTime() < end) {
            if (requests.of(bytes, protocol).parts().isEmpty()) {
                throw new IllegalStateException("nothing written");
            }
            rounds++;
        }
        return rounds;
    }

    /** Megabytes a second, by copies of this size. */
    private static double copy(byte[] from, long nanos) {
        byte[] to = new byte[from.length];
        long end = System.nanoTime() + nanos / 4;
        long start = cpu();
        long rounds = 0;
        while (System.nanoTime() < end) {
            System.arraycopy(from, 0, to, 0, from.length);
            rounds++;
        }
        return (double) rounds * from.length * 1e3 / (cpu() - start);
    }

    /** Of this thread, so that what else the machine does counts less. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] counters() {
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int i = 0; i < POINTS; i++) {
            sum.addDataPoints(NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano(1_700_000_000_000_000_000L)
                    .setTimeUnixNano(1_700_000_060_000_000_000L)
                    .setAsInt(i)
                    .addAttributes(Requests.attribute("http.request.method", "GET"))
                    .addAttributes(Requests.attribute("http.route", "/api/v1/items/" + i % 100))
                    .addAttributes(Requests.attribute("http.response.status_code", "20" + i % 5))
                    .addAttributes(Requests.attribute("server.address", "shop-" + i / 100 + ".example.com"))
                    .addAttributes(Requests.attribute("url.scheme", "https")));
        }
        return wrap(Metric.newBuilder()
                .setName("http.server.requests")
                .setDescription("Requests answered")
                .setSum(sum)
                .build());
    }

    private static byte[] histograms() {
        Histogram.Builder histogram = Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int i = 0; i < POINTS; i++) {
            HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                    .setStartTimeUnixNano(1_700_000_000_000_000_000L)
                    .setTimeUnixNano(1_700_000_060_000_000_000L)
                    .setCount(110)
                    .setSum(55)
                    .addAttributes(Requests.attribute("http.request.method", "GET"))
                    .addAttributes(Requests.attribute("http.route", "/api/v1/items/" + i));
            for (int bucket = 0; bucket < 10; bucket++) {
                point.addExplicitBounds(0.005 * (1 << bucket)).addBucketCounts(10);
            }
            histogram.addDataPoints(point.addBucketCounts(10));
        }
        return wrap(Metric.newBuilder()
                .setName("http.server.request.duration")
                .setUnit("s")
                .setHistogram(histogram)
                .build());
    }

    private static byte[] wrap(Metric metric) {
        return Requests.metrics(
                        Requests.resource(
                                "service.name", "cart", "service.namespace", "shop", "service.instance.id", "i-1"),
                        metric)
                .toByteArray();
    }
}
