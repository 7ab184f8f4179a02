package io.lightvessel.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** The metrics components register: counters outlive the component, gauges go with it. */
final class OwnMetrics {

    /** A metric's name and labels. */
    record Series(String name, SortedMap<String, String> labels) {

        static Series of(String name, Map<String, String> own, Map<String, String> component) {
            SortedMap<String, String> labels = new TreeMap<>(component);
            labels.putAll(own);
            return new Series(name, labels);
        }
    }

    private final Map<String, String> help = new ConcurrentHashMap<>();
    private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Series, Buckets> histograms = new ConcurrentHashMap<>();
    private final Map<Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    /** The view of one component, whose labels every series of it carries. */
    Scope scope(Map<String, String> labels) {
        return new Scope(Map.copyOf(labels));
    }

    void writeTo(PrometheusText text) {
        counters.forEach((series, value) -> text.counter(
                series.name(), help.getOrDefault(series.name(), series.name()), series.labels(), value.sum()));
        histograms.forEach((series, buckets) ->
                buckets.writeTo(text, series.name(), help.getOrDefault(series.name(), series.name()), series.labels()));
        gauges.forEach((series, value) -> text.gauge(
                series.name(), help.getOrDefault(series.name(), series.name()), series.labels(), value.getAsDouble()));
    }

    /** What one component registered. */
    final class Scope implements ComponentMetrics {

        private final Map<String, String> labels;
        private final List<Series> ownGauges = new ArrayList<>();

        private Scope(Map<String, String> labels) {
            this.labels = labels;
        }

        @Override
        public Counter counter(String name, String helpText, Map<String, String> more) {
            help.put(name, helpText);
            return counters.computeIfAbsent(Series.of(name, more, labels), _ -> new LongAdder())::add;
        }

        @Override
        public Histogram histogram(String name, String helpText, Map<String, String> more, long... bounds) {
            help.put(name, helpText);
            return histograms.computeIfAbsent(Series.of(name, more, labels), _ -> new Buckets(bounds));
        }

        @Override
        public synchronized void gauge(String name, String helpText, Map<String, String> more, DoubleSupplier value) {
            help.put(name, helpText);
            Series series = Series.of(name, more, labels);
            gauges.put(series, value);
            ownGauges.add(series);
        }

        /** Takes the component's gauges out, but none that a successor has put in their place. */
        synchronized void close(OwnMetrics.Scope... successors) {
            for (Series series : ownGauges) {
                boolean replaced = false;
                for (Scope successor : successors) {
                    replaced |= successor.ownGauges.contains(series);
                }
                if (!replaced) {
                    gauges.remove(series);
                }
            }
            ownGauges.clear();
        }
    }
}
