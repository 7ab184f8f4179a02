package io.lightvessel.bench.micro;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Answers to scrapes in the shape of what node exporters and kube-state-metrics say, in each format. */
final class Expositions {
    private static final int FIXED64 = 1;

    /** How a family of many series is put down in a format. */
    private interface Format {
        void family(String name, String type, String help);

        void sample(String name, String[] labels, double value);
    }

    private Expositions() {}

    static byte[] text() {
        return text(false);
    }

    static byte[] openMetrics() {
        return text(true);
    }

    private static byte[] text(boolean openMetrics) {
        StringBuilder out = new StringBuilder();
        write(new Format() {
            @Override
            public void family(String name, String type, String help) {
                String base = openMetrics && type.equals("counter") ? name.replaceFirst("_total$", "") : name;
                out.append("# HELP ").append(base).append(' ').append(help).append('\n');
                out.append("# TYPE ").append(base).append(' ').append(type).append('\n');
            }

            @Override
            public void sample(String name, String[] labels, double value) {
                out.append(name).append('{');
                for (int i = 0; i < labels.length; i += 2) {
                    out.append(i > 0 ? "," : "")
                            .append(labels[i])
                            .append("=\"")
                            .append(labels[i + 1])
                            .append('"');
                }
                out.append("} ").append(written(value)).append('\n');
            }
        });
        return out.append(openMetrics ? "# EOF\n" : "").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As Go's client library writes numbers. */
    private static String written(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value).replace("E", "e+");
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static byte[] protobuf() {
        ProtoWriter out = new ProtoWriter(1 << 20);
        ProtoWriter family = new ProtoWriter(1 << 16);
        write(new Format() {
            private int field;

            @Override
            public void family(String name, String type, String help) {
                flush(out, family);
                family.string(1, name);
                family.string(2, help);
                family.varint(3, type.equals("counter") ? 0 : 1);
                field = type.equals("counter") ? 3 : 2;
            }

            @Override
            public void sample(String name, String[] labels, double value) {
                int metric = family.begin(4);
                for (int i = 0; i < labels.length; i += 2) {
                    int label = family.begin(1);
                    family.string(1, labels[i]);
                    family.string(2, labels[i + 1]);
                    family.end(label);
                }
                int number = family.begin(field);
                family.tag(1, FIXED64);
                family.fixed64(Double.doubleToRawLongBits(value));
                family.end(number);
                family.end(metric);
            }
        });
        flush(out, family);
        return out.toByteArray();
    }

    private static void flush(ProtoWriter out, ProtoWriter family) {
        if (family.size() > 0) {
            out.varint(family.size());
            out.raw(family.array(), 0, family.size());
            family.clear();
        }
    }

    private static void write(Format format) {
        Random random = new Random(7);
        node(format, random);
        pods(format, random);
    }

    private static void node(Format format, Random random) {
        format.family("node_cpu_seconds_total", "counter", "Seconds the CPUs spent in each mode.");
        for (int cpu = 0; cpu < 64; cpu++) {
            for (String mode : new String[] {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"}) {
                format.sample(
                        "node_cpu_seconds_total",
                        new String[] {"cpu", "" + cpu, "mode", mode},
                        Math.rint(random.nextDouble() * 1e8) / 100);
            }
        }
        for (String what : new String[] {"bytes", "packets", "errs", "drop", "fifo", "multicast"}) {
            String name = "node_network_receive_" + what + "_total";
            format.family(name, "counter", "Network device statistic receive_" + what + ".");
            for (int device = 0; device < 100; device++) {
                format.sample(
                        name,
                        new String[] {
                            "device", String.format(Locale.ROOT, "veth%08x", device * 2654435761L & 0xFFFFFFFFL)
                        },
                        Math.rint(random.nextDouble() * 1e12));
            }
        }
        for (int i = 0; i < 300; i++) {
            format.family("node_memory_Item" + i + "_bytes", "gauge", "Memory information field Item" + i + "_bytes.");
            format.sample("node_memory_Item" + i + "_bytes", new String[0], Math.rint(random.nextDouble() * 1e10));
        }
    }

    private static void pods(Format format, Random random) {
        String[] phases = {"Pending", "Succeeded", "Failed", "Running", "Unknown"};
        format.family("kube_pod_status_phase", "gauge", "The pods current phase.");
        for (int pod = 0; pod < 600; pod++) {
            for (String phase : phases) {
                format.sample(
                        "kube_pod_status_phase",
                        new String[] {
                            "namespace",
                            "team-" + pod % 23,
                            "pod",
                            "checkout-" + pod % 60 + "-5d9c7b6f4d-" + pod,
                            "uid",
                            new java.util.UUID(pod * 77L, pod * 99L).toString(),
                            "phase",
                            phase
                        },
                        phase.equals("Running") ? 1 : 0);
            }
        }
        format.family("container_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed in seconds.");
        for (int pod = 0; pod < 600; pod++) {
            for (String container : new String[] {"app", "sidecar"}) {
                format.sample(
                        "container_cpu_usage_seconds_total",
                        new String[] {
                            "container",
                            container,
                            "namespace",
                            "team-" + pod % 23,
                            "pod",
                            "checkout-" + pod % 60 + "-5d9c7b6f4d-" + pod
                        },
                        random.nextDouble() * 1e5);
            }
        }
    }
}
