package io.lightvessel.render.alloy;

import io.lightvessel.config.Signal;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes destinations, for each form in which Alloy's components hand records on. */
final class Exporters {
    private static final String LOKI_OTLP = "/otlp";

    private final AlloyFile file;

    Exporters(AlloyFile file) {
        this.file = file;
    }

    /** What takes records as OTLP; nothing for systems that Alloy has no exporter for. */
    List<String> otlpInputs(Iterable<Destination> destinations) {
        List<String> inputs = new ArrayList<>();
        for (Destination destination : destinations) {
            String label = label(destination);
            switch (destination) {
                case Destination.OtlpGrpc to -> inputs.add(grpc(to, label));
                case Destination.OtlpHttp to ->
                    inputs.add(component(
                            "otelcol.exporter.otlphttp",
                            label,
                            block -> block.block("client", client -> {
                                client.text("endpoint", to.url());
                                headers(client, to.headers());
                            })));
                case Destination.RemoteWrite to -> {
                    String write = series(to);
                    inputs.add(component(
                            "otelcol.exporter.prometheus", label, block -> block.refer("forward_to", List.of(write))));
                }
                case Destination.Datadog to -> inputs.add(datadog(to, label));
                case Destination.Kafka to -> inputs.add(kafka(to, label));
                case Destination.Elasticsearch to ->
                    file.say(RenderFinding.leftOut(
                            to.path(),
                            "Alloy has no released exporter for Elasticsearch",
                            "send OTLP to a Collector that writes to it, or render the stack for the Collector"));
                case Destination.Pyroscope to ->
                    throw new IllegalArgumentException(to.path() + ": OTLP (expected: profiles)");
            }
        }
        return inputs;
    }

    private String component(String name, String label, Consumer<RiverBlock> body) {
        return file.component(name, label, body) + ".input";
    }

    private String grpc(Destination.OtlpGrpc to, String label) {
        return component(
                "otelcol.exporter.otlp",
                label,
                block -> block.block("client", client -> {
                    client.text("endpoint", to.endpoint());
                    headers(client, to.headers());
                    if (to.plaintext()) {
                        client.block("tls", tls -> tls.flag("insecure", true));
                    }
                }));
    }

    private String datadog(Destination.Datadog to, String label) {
        file.say(RenderFinding.needs(
                to.path(),
                "Alloy counts its exporter for Datadog among its community components",
                "run Alloy with --feature.community-components.enabled"));
        return component(
                "otelcol.exporter.datadog",
                label,
                block -> block.block("api", api -> {
                    api.verbatim("site", to.site());
                    api.text("api_key", to.apiKey());
                }));
    }

    private String kafka(Destination.Kafka to, String label) {
        return component("otelcol.exporter.kafka", label, block -> {
            block.verbatim("protocol_version", "2.1.0");
            block.set(
                    "brokers",
                    new RiverValue.Items(to.brokers().stream()
                            .<RiverValue>map(RiverValue.Text::new)
                            .toList()));
            to.topics()
                    .forEach((signal, topic) -> block.block(signal.label(), one -> {
                        one.verbatim("topic", topic);
                        one.verbatim("encoding", to.encoding());
                    }));
            if (to.tls()) {
                block.block("tls", tls -> tls.flag("insecure", false));
            }
        });
    }

    /** What takes scraped series: remote write as they are, others by way of OTLP. */
    List<String> seriesReceivers(List<Destination> destinations) {
        List<String> receivers = new ArrayList<>();
        List<Destination> others = new ArrayList<>();
        for (Destination destination : destinations) {
            if (destination instanceof Destination.RemoteWrite to) {
                receivers.add(series(to));
            } else {
                others.add(destination);
            }
        }
        List<String> inputs = otlpInputs(others);
        if (!inputs.isEmpty()) {
            receivers.add(file.component(
                            "otelcol.receiver.prometheus",
                            "scraped",
                            block -> block.block("output", OtlpFlow.output(Map.of(Signal.METRICS, inputs))))
                    + ".receiver");
        }
        return receivers;
    }

    private String series(Destination.RemoteWrite to) {
        file.say(RenderFinding.differs(
                to.path(),
                "Alloy writes remote write 1.0 and leaves native histograms out, unless told that the endpoint takes them",
                "set send_native_histograms in prometheus.remote_write when the endpoint takes them; Mimir does"));
        return file.component("prometheus.remote_write", label(to), block -> {
                    block.set("external_labels", labels(to.labels()));
                    block.block("endpoint", endpoint -> {
                        endpoint.text("url", to.url());
                        headers(endpoint, to.headers());
                    });
                })
                + ".receiver";
    }

    /** What takes profiles: Pyroscope alone. */
    List<String> profileReceivers(List<Destination> destinations) {
        List<String> receivers = new ArrayList<>();
        for (Destination destination : destinations) {
            if (destination instanceof Destination.Pyroscope to) {
                receivers.add(file.component("pyroscope.write", label(to), block -> {
                            block.set("external_labels", labels(to.labels()));
                            block.block("endpoint", endpoint -> {
                                endpoint.text("url", to.url());
                                headers(endpoint, to.headers());
                            });
                        })
                        + ".receiver");
            } else {
                file.say(RenderFinding.leftOut(
                        destination.path(),
                        "Alloy hands profiles on to Pyroscope only",
                        "send profiles to Pyroscope, or run Lightvessel's agents"));
            }
        }
        return receivers;
    }

    /** Whether lines can go to Loki's own push address, which is beside its OTLP one. */
    static boolean takesLines(Destination destination) {
        return destination instanceof Destination.OtlpHttp to
                && to.isLoki()
                && to.url().endsWith(LOKI_OTLP);
    }

    /** What takes log lines with labels. */
    String lines(Destination.OtlpHttp to, String wait, Map<String, String> labels) {
        String base = to.url().substring(0, to.url().length() - LOKI_OTLP.length());
        return file.component("loki.write", label(to), block -> {
                    block.set("external_labels", labels(labels));
                    block.block("endpoint", endpoint -> {
                        endpoint.text("url", base + "/loki/api/v1/push");
                        endpoint.verbatim("batch_wait", wait);
                        headers(endpoint, to.headers());
                    });
                })
                + ".receiver";
    }

    private static String label(Destination destination) {
        return destination.name().replace('-', '_');
    }

    private static RiverValue labels(Map<String, String> labels) {
        return RiverValue.Entries.texts(new TreeMap<>(labels));
    }

    private static void headers(RiverBlock block, Map<String, String> headers) {
        if (!headers.isEmpty()) {
            block.set("headers", RiverValue.Entries.texts(new TreeMap<>(headers)));
        }
    }
}
