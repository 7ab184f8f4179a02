package io.lightvessel.render.pipeline;

import io.lightvessel.config.Signal;
import io.lightvessel.stack.Destination.Datadog;
import io.lightvessel.stack.Destination.Elasticsearch;
import io.lightvessel.stack.Destination.Kafka;
import io.lightvessel.stack.Destination.Loki;
import io.lightvessel.stack.Destination.Mimir;
import io.lightvessel.stack.Destination.Otlp;
import io.lightvessel.stack.Destination.Prometheus;
import io.lightvessel.stack.Destination.Pyroscope;
import io.lightvessel.stack.Destination.Tempo;
import io.lightvessel.stack.StackSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads where each signal goes. */
final class DestinationReader {
    private final StackSpec spec;
    private final Map<String, String> labels;

    /** @param labels what series and profiles are marked with */
    DestinationReader(StackSpec spec, Map<String, String> labels) {
        this.spec = spec;
        this.labels = labels;
    }

    List<Destination> of(Signal signal) {
        return spec.backends().taking(io.lightvessel.stack.Signal.valueOf(signal.name())).stream()
                .map(this::read)
                .toList();
    }

    private Destination read(String name) {
        return switch (spec.backends().destinations().get(name)) {
            case Prometheus to -> new Destination.RemoteWrite(name, to.endpoint(), to.headers(), labels);
            case Mimir to -> new Destination.RemoteWrite(name, to.endpoint(), to.allHeaders(), labels);
            case Loki to -> new Destination.OtlpHttp(name, to.endpoint(), true, to.allHeaders());
            case Tempo to -> new Destination.OtlpGrpc(name, to.endpoint(), to.insecure(), to.allHeaders());
            case Pyroscope to -> new Destination.Pyroscope(name, to.endpoint(), to.allHeaders(), labels);
            case Otlp to ->
                switch (to.protocol()) {
                    case GRPC -> new Destination.OtlpGrpc(name, to.endpoint(), to.insecure(), to.headers());
                    case HTTP -> new Destination.OtlpHttp(name, to.endpoint(), false, to.headers());
                };
            case Datadog to -> new Destination.Datadog(name, to.site(), to.apiKey());
            case Elasticsearch to -> new Destination.Elasticsearch(name, to.endpoint(), to.apiKey());
            case Kafka to -> kafka(name, to);
            case null -> throw new IllegalArgumentException(name + ": no destination (expected: one of the stack's)");
        };
    }

    private static Destination kafka(String name, Kafka to) {
        Map<Signal, String> topics = new EnumMap<>(Signal.class);
        to.signals().forEach(signal -> topics.put(Signal.valueOf(signal.name()), to.topic(signal)));
        return new Destination.Kafka(
                name, to.brokers(), topics, to.encoding().name().toLowerCase(Locale.ROOT), to.tls());
    }
}
