package io.lightvessel.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects samples by metric and writes them in Prometheus' text format 0.0.4, where a metric's samples stand together. */
final class PrometheusText {

    private record Family(String type, String help, List<String> samples) {}

    private final SortedMap<String, Family> families = new TreeMap<>();

    void counter(String name, String help, Map<String, String> labels, double value) {
        add(name, "counter", help, labels, value);
    }

    void gauge(String name, String help, Map<String, String> labels, double value) {
        add(name, "gauge", help, labels, value);
    }

    /** A histogram from counts per bucket, which need not be cumulative, and the sum of all values. */
    void histogram(String name, String help, Map<String, String> labels, long[] bounds, long[] counts, double sum) {
        Family family = family(name, "histogram", help);
        long cumulative = 0;
        for (int i = 0; i <= bounds.length; i++) {
            cumulative += counts[i];
            SortedMap<String, String> bucket = new TreeMap<>(labels);
            bucket.put("le", i == bounds.length ? "+Inf" : Long.toString(bounds[i]));
            family.samples.add(sample(name + "_bucket", bucket, cumulative));
        }
        family.samples.add(sample(name + "_sum", labels, sum));
        family.samples.add(sample(name + "_count", labels, cumulative));
    }

    private void add(String name, String type, String help, Map<String, String> labels, double value) {
        family(name, type, help).samples.add(sample(name, labels, value));
    }

    private Family family(String name, String type, String help) {
        return families.computeIfAbsent(name, _ -> new Family(type, help, new ArrayList<>()));
    }

    private static String sample(String name, Map<String, String> labels, double value) {
        StringBuilder line = new StringBuilder(name);
        char separator = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            line.append(separator)
                    .append(label.getKey())
                    .append("=\"")
                    .append(escaped(label.getValue()))
                    .append('"');
            separator = ',';
        }
        if (!labels.isEmpty()) {
            line.append('}');
        }
        return line.append(' ').append(number(value)).append('\n').toString();
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value).replace("Infinity", "Inf");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    void writeTo(Appendable out) throws IOException {
        for (Map.Entry<String, Family> entry : families.entrySet()) {
            Family family = entry.getValue();
            String help = family.help.replace("\\", "\\\\").replace("\n", "\\n");
            out.append("# HELP ")
                    .append(entry.getKey())
                    .append(' ')
                    .append(help)
                    .append('\n');
            out.append("# TYPE ")
                    .append(entry.getKey())
                    .append(' ')
                    .append(family.type)
                    .append('\n');
            for (String sample : family.samples) {
                out.append(sample);
            }
        }
    }
}
