package io.lightvessel.render;

import io.lightvessel.stack.Destination;
import java.util.List;
import java.util.regex.Pattern;

/** What can be told from the address of a destination. */
final class Addresses {
    private static final Pattern PRIVATE = Pattern.compile(
            "(10|127)\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*");
    private static final List<String> INSIDE = List.of(
            ".svc",
            ".local",
            ".internal",
            ".lan",
            ".localhost",
            ".intranet",
            ".corp",
            ".home.arpa",
            ".test",
            ".invalid");

    private Addresses() {}

    /** The address as it is written; empty for systems that have none of their own in the stack. */
    static String of(Destination destination) {
        return switch (destination) {
            case Destination.Prometheus to -> to.endpoint();
            case Destination.Mimir to -> to.endpoint();
            case Destination.Loki to -> to.endpoint();
            case Destination.Tempo to -> to.endpoint();
            case Destination.Pyroscope to -> to.endpoint();
            case Destination.Otlp to -> to.endpoint();
            case Destination.Elasticsearch to -> to.endpoint();
            case Destination.Kafka to ->
                to.brokers().isEmpty() ? "" : to.brokers().getFirst();
            case Destination.Datadog _ -> "";
        };
    }

    static boolean isPlaintext(Destination destination) {
        return switch (destination) {
            case Destination.Tempo to -> to.insecure();
            case Destination.Otlp to when to.protocol() == Destination.Otlp.Protocol.GRPC -> to.insecure();
            case Destination.Kafka to -> !to.tls();
            case Destination.Datadog _ -> false;
            case Destination.Prometheus _,
                    Destination.Mimir _,
                    Destination.Loki _,
                    Destination.Pyroscope _,
                    Destination.Otlp _,
                    Destination.Elasticsearch _ -> of(destination).startsWith("http://");
        };
    }

    /** Whether an address is one that anybody on the internet could stand in the way of; unknown ones are not. */
    static boolean isPublic(String address) {
        String host = address.replaceFirst("^https?://", "")
                .replaceFirst("[/?].*$", "")
                .replaceFirst("^.*@", "")
                .replaceFirst(":\\d*$", "");
        boolean named = host.contains(".") && !host.contains("$") && !host.startsWith("[");
        return named
                && !PRIVATE.matcher(host).matches()
                && INSIDE.stream().noneMatch(end -> host.endsWith(end) || host.contains(end + "."));
    }
}
