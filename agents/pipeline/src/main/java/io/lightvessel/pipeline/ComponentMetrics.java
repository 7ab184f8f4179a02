package io.lightvessel.pipeline;

import java.util.Map;
import java.util.function.DoubleSupplier;

/** Where a component registers metrics of its own; they go when the component goes. */
public interface ComponentMetrics {

    /** A counter; asking again with the same name and labels gives the same one. */
    Counter counter(String name, String help, Map<String, String> labels);

    void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /**
     * A histogram over buckets with the given inclusive upper bounds; asking again with the same name and labels gives
     * the same one. Where nothing better is at hand, it is made of counters.
     */
    default Histogram histogram(String name, String help, Map<String, String> labels, long... bounds) {
        Counter count = counter(name + "_count", help, labels);
        Counter sum = counter(name + "_sum", help, labels);
        return value -> {
            count.add(1);
            sum.add(value);
        };
    }

    /** Counts values by their size. */
    @FunctionalInterface
    interface Histogram {

        void observe(long value);
    }

    /** A number that only grows. */
    interface Counter {

        void add(long amount);
    }
}
