package io.lightvessel.gateway.zipkin;

import io.lightvessel.gateway.spans.SpanDraft;
import io.lightvessel.gateway.spans.Tags;
import io.lightvessel.gateway.spans.TracesWriter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes OTLP spans of Zipkin's by the rules of the Collector: the local service becomes the resource, tags attributes,
 * annotations events; what OpenTelemetry's Zipkin exporters hide in tags and annotations comes back to its place.
 */
final class ZipkinConverter {

    private static final int MOST_LINKS = 128;
    private static final long NANOS_PER_MICRO = 1000;
    /** Tells that Zipkin knew no start time, which OTLP cannot say otherwise. */
    private static final String NO_START = "otel.zipkin.absentField.startTime";

    private final boolean parseTags;
    private final TracesWriter traces = new TracesWriter();
    private final Map<String, Map<String, Object>> resources = new HashMap<>();

    /** @param parseTags make numbers and truth values of tags that look like them */
    ZipkinConverter(boolean parseTags) {
        this.parseTags = parseTags;
    }

    TracesWriter traces() {
        return traces;
    }

    void add(ZipkinSpan span) {
        SpanDraft draft = new SpanDraft();
        draft.traceIdHigh = span.traceIdHigh;
        draft.traceIdLow = span.traceIdLow;
        draft.spanId = span.id;
        // A span that names itself as its parent is a root, as Zipkin takes it.
        draft.parentSpanId = span.parentId == span.id ? 0 : span.parentId;
        draft.name = span.name;
        draft.attributes.putAll(span.tags);
        kind(draft, span.kind);
        Tags.traceState(draft);
        Tags.explicitStatus(draft);
        error(draft);
        links(draft);
        TracesWriter.Scope scope = TracesWriter.Scope.takenFrom(draft);
        if (parseTags) {
            draft.attributes.replaceAll((_, value) -> parsed((String) value));
        }
        place(draft, span.local, "net.host.");
        if (!span.remote.serviceName().isEmpty()) {
            draft.attributes.putIfAbsent("peer.service", span.remote.serviceName());
        }
        place(draft, span.remote, "net.peer.");
        times(draft, span);
        for (ZipkinSpan.Annotation annotation : span.annotations) {
            draft.events.add(event(annotation));
        }
        traces.add(resource(span.local.serviceName()), scope, draft);
    }

    private Map<String, Object> resource(String service) {
        return resources.computeIfAbsent(service, name -> name.isEmpty() ? Map.of() : Map.of("service.name", name));
    }

    private static void kind(SpanDraft draft, String kind) {
        switch (kind.toUpperCase(Locale.ROOT)) {
            case "CLIENT" -> draft.kind = SpanDraft.Kind.CLIENT;
            case "SERVER" -> draft.kind = SpanDraft.Kind.SERVER;
            case "PRODUCER" -> draft.kind = SpanDraft.Kind.PRODUCER;
            case "CONSUMER" -> draft.kind = SpanDraft.Kind.CONSUMER;
            default -> Tags.kind(draft);
        }
    }

    /** Zipkin's tag {@code error} means a failed span whatever it says; what it says is kept where it is words. */
    private static void error(SpanDraft draft) {
        if (!(draft.attributes.get("error") instanceof String error) || error.equalsIgnoreCase("false")) {
            return;
        }
        draft.status = SpanDraft.Status.ERROR;
        if (error.equalsIgnoreCase("true") || error.isEmpty()) {
            draft.attributes.remove("error");
        } else if (draft.statusMessage.isEmpty()) {
            draft.statusMessage = error;
        }
    }

    private static void place(SpanDraft draft, ZipkinSpan.Place place, String prefix) {
        if (!place.ip().isEmpty()) {
            draft.attributes.putIfAbsent(prefix + "ip", place.ip());
        }
        if (place.port() > 0) {
            draft.attributes.put(prefix + "port", (long) place.port());
        }
    }

    private static void times(SpanDraft draft, ZipkinSpan span) {
        draft.start = span.timestamp * NANOS_PER_MICRO;
        draft.end = draft.start + Math.min(span.duration * NANOS_PER_MICRO, Long.MAX_VALUE - draft.start);
        if (span.timestamp == 0) {
            draft.attributes.put(NO_START, true);
        }
    }

    /** {@code name|{json attributes}|dropped count}, which is how OpenTelemetry's exporters write events. */
    private static SpanDraft.Event event(ZipkinSpan.Annotation annotation) {
        long time = annotation.timestamp() * NANOS_PER_MICRO;
        String value = annotation.value();
        int first = value.indexOf('|');
        int last = value.lastIndexOf('|');
        if (first >= 0 && last > first) {
            Map<String, Object> attributes = JsonAttributes.read(value.substring(first + 1, last));
            Long dropped = count(value.substring(last + 1));
            if (attributes != null && dropped != null) {
                return new SpanDraft.Event(time, value.substring(0, first), attributes, dropped);
            }
        }
        return new SpanDraft.Event(time, value, Map.of(), 0);
    }

    /** {@code traceId|spanId|traceState|{json attributes}|dropped count} in tags {@code otlp.link.0} and so on. */
    private static void links(SpanDraft draft) {
        for (int i = 0; i < MOST_LINKS; i++) {
            String key = "otlp.link." + i;
            if (!(draft.attributes.get(key) instanceof String text)) {
                return;
            }
            SpanDraft.Link link = link(text);
            if (link != null) {
                draft.attributes.remove(key);
                draft.links.add(link);
            }
        }
    }

    private static SpanDraft.@Nullable Link link(String text) {
        String[] parts = text.split("\\|", 4);
        int last = parts.length < 4 ? -1 : parts[3].lastIndexOf('|');
        if (last < 0 || parts[0].length() != 32 || parts[1].length() != 16) {
            return null;
        }
        Map<String, Object> attributes = JsonAttributes.read(parts[3].substring(0, last));
        Long dropped = count(parts[3].substring(last + 1));
        if (attributes == null || dropped == null) {
            return null;
        }
        try {
            return new SpanDraft.Link(
                    HexFormat.fromHexDigitsToLong(parts[0], 0, 16),
                    HexFormat.fromHexDigitsToLong(parts[0], 16, 32),
                    HexFormat.fromHexDigitsToLong(parts[1]),
                    parts[2],
                    attributes,
                    dropped);
        } catch (IllegalArgumentException e) {
            // No link after all: it stays the tag it was.
            return null;
        }
    }

    private static @Nullable Long count(String text) {
        try {
            long count = Long.parseLong(text);
            return count >= 0 && count <= 0xFFFF_FFFFL ? count : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Object parsed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        boolean mayBeNumber = !text.isEmpty() && text.length() <= 24 && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
        if (!mayBeNumber || !Character.isDigit(text.charAt(text.length() - 1))) {
            return text;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException alsoNone) {
                return text;
            }
        }
    }
}
