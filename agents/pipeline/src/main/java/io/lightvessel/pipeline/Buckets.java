package io.lightvessel.pipeline;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts values by size for a Prometheus histogram. */
final class Buckets implements ComponentMetrics.Histogram {

    private final long[] bounds;
    private final AtomicLongArray counts;
    private final LongAdder sum = new LongAdder();

    Buckets(long[] bounds) {
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    @Override
    public void observe(long value) {
        int at = Arrays.binarySearch(bounds, value);
        counts.incrementAndGet(at >= 0 ? at : -at - 1);
        sum.add(value);
    }

    void writeTo(PrometheusText text, String name, String help, Map<String, String> labels) {
        long[] now = new long[counts.length()];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts.get(i);
        }
        text.histogram(name, help, labels, bounds, now, sum.sum());
    }
}
