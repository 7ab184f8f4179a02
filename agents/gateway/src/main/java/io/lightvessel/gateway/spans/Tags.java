package io.lightvessel.gateway.spans;

import java.util.Locale;

/** What exporters of older protocols hide in tags because these have no field for it, found and put where it belongs. */
public final class Tags {

    private Tags() {}

    /** Kind by the OpenTracing tag {@code span.kind}. */
    public static void kind(SpanDraft span) {
        String kind = span.takeText("span.kind");
        if (kind == null) {
            return;
        }
        switch (kind.toLowerCase(Locale.ROOT)) {
            case "client" -> span.kind = SpanDraft.Kind.CLIENT;
            case "server" -> span.kind = SpanDraft.Kind.SERVER;
            case "producer" -> span.kind = SpanDraft.Kind.PRODUCER;
            case "consumer" -> span.kind = SpanDraft.Kind.CONSUMER;
            case "internal" -> span.kind = SpanDraft.Kind.INTERNAL;
            // What means nothing to us may mean something to people.
            default -> span.attributes.put("span.kind", kind);
        }
    }

    /** The W3C trace state. */
    public static void traceState(SpanDraft span) {
        String state = span.takeText("w3c.tracestate");
        if (state != null) {
            span.traceState = state;
        }
    }

    /** Status by OpenTelemetry's own tags, with or without {@code STATUS_CODE_} before the word. */
    public static boolean explicitStatus(SpanDraft span) {
        String code = span.takeText("otel.status_code");
        if (code == null) {
            return false;
        }
        String word = code.toUpperCase(Locale.ROOT).replace("STATUS_CODE_", "");
        switch (word) {
            case "OK" -> span.status = SpanDraft.Status.OK;
            case "ERROR" -> span.status = SpanDraft.Status.ERROR;
            default -> span.status = SpanDraft.Status.UNSET;
        }
        description(span);
        return true;
    }

    /** The words that go with a status. */
    public static boolean description(SpanDraft span) {
        String message = span.takeText("otel.status_description");
        if (message == null) {
            return false;
        }
        span.statusMessage = message;
        return true;
    }
}
