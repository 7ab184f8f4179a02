package io.lightvessel.pipeline;

import java.util.Map;
import java.util.function.DoubleSupplier;

/** Where a component registers metrics of its own; they go when the component goes. */
public interface ComponentMetrics {

    /** A counter; asking again with the same name and labels gives the same one. */
    Counter counter(String name, String help, Map<String, String> labels);

    void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /** A number that only grows. */
    interface Counter {

        void add(long amount);
    }
}
