package io.lightvessel.gateway.spans;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects spans by their resource and scope and writes them as one {@code ExportTraceServiceRequest}; groups and spans
 * keep the order in which they came.
 */
public final class TracesWriter {

    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SCOPE = 1;
    private static final int SPANS = 2;
    private static final int RESOURCE_ATTRIBUTES = 1;

    /** Who instrumented; empty for unknown. */
    public record Scope(String name, String version) {

        public static final Scope UNKNOWN = new Scope("", "");

        /** Takes the scope out of the attributes under which exporters hide it, also under its older name. */
        public static Scope takenFrom(SpanDraft span) {
            String name = span.takeText("otel.scope.name");
            String oldName = span.takeText("otel.library.name");
            String version = span.takeText("otel.scope.version");
            String oldVersion = span.takeText("otel.library.version");
            String known = name != null ? name : oldName;
            if (known == null) {
                return UNKNOWN;
            }
            String knownVersion = version != null ? version : oldVersion;
            return new Scope(known, knownVersion == null ? "" : knownVersion);
        }
    }

    private final Map<Map<String, Object>, Map<Scope, List<SpanDraft>>> spans = new LinkedHashMap<>();

    public void add(Map<String, Object> resource, Scope scope, SpanDraft span) {
        spans.computeIfAbsent(resource, _ -> new LinkedHashMap<>())
                .computeIfAbsent(scope, _ -> new ArrayList<>())
                .add(span);
    }

    public void writeTo(ProtoWriter out) {
        spans.forEach((resource, scopes) -> {
            int group = out.begin(RESOURCE_SPANS);
            int described = out.begin(RESOURCE);
            attributes(out, RESOURCE_ATTRIBUTES, resource);
            out.end(described);
            scopes.forEach((scope, list) -> scope(out, scope, list));
            out.end(group);
        });
    }

    private static void scope(ProtoWriter out, Scope scope, List<SpanDraft> list) {
        int group = out.begin(SCOPE_SPANS);
        if (!scope.equals(Scope.UNKNOWN)) {
            int described = out.begin(SCOPE);
            text(out, 1, scope.name());
            text(out, 2, scope.version());
            out.end(described);
        }
        list.forEach(span -> span(out, span));
        out.end(group);
    }

    private static void span(ProtoWriter out, SpanDraft span) {
        int message = out.begin(SPANS);
        id(out, 1, span.traceIdHigh, span.traceIdLow);
        id(out, 2, span.spanId);
        text(out, 3, span.traceState);
        if (span.parentSpanId != 0) {
            id(out, 4, span.parentSpanId);
        }
        text(out, 5, span.name);
        number(out, 6, span.kind.ordinal());
        out.fixed64(7, span.start);
        out.fixed64(8, span.end);
        attributes(out, 9, span.attributes);
        span.events.forEach(event -> event(out, event));
        span.links.forEach(link -> link(out, link));
        if (span.status != SpanDraft.Status.UNSET || !span.statusMessage.isEmpty()) {
            int status = out.begin(15);
            text(out, 2, span.statusMessage);
            number(out, 3, span.status.ordinal());
            out.end(status);
        }
        out.end(message);
    }

    private static void event(ProtoWriter out, SpanDraft.Event event) {
        int message = out.begin(11);
        out.fixed64(1, event.time());
        text(out, 2, event.name());
        attributes(out, 3, event.attributes());
        number(out, 4, event.droppedAttributes());
        out.end(message);
    }

    private static void link(ProtoWriter out, SpanDraft.Link link) {
        int message = out.begin(13);
        id(out, 1, link.traceIdHigh(), link.traceIdLow());
        id(out, 2, link.spanId());
        text(out, 3, link.traceState());
        attributes(out, 4, link.attributes());
        number(out, 5, link.droppedAttributes());
        out.end(message);
    }

    private static void attributes(ProtoWriter out, int field, Map<String, Object> attributes) {
        attributes.forEach((key, value) -> {
            int pair = out.begin(field);
            out.string(1, key);
            int any = out.begin(2);
            value(out, value);
            out.end(any);
            out.end(pair);
        });
    }

    private static void value(ProtoWriter out, Object value) {
        switch (value) {
            case String text -> out.string(1, text);
            case Boolean flag -> out.varint(2, flag ? 1 : 0);
            case Long whole -> out.varint(3, whole);
            case Double decimal -> out.fixed64(4, Double.doubleToRawLongBits(decimal));
            case byte[] bytes -> out.bytes(7, bytes, 0, bytes.length);
            default ->
                throw new IllegalArgumentException("attribute value: "
                        + value.getClass().getName() + " (expected: text, truth value, long, double or bytes)");
        }
    }

    private static void text(ProtoWriter out, int field, String text) {
        if (!text.isEmpty()) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.bytes(field, utf8, 0, utf8.length);
        }
    }

    private static void number(ProtoWriter out, int field, long number) {
        if (number != 0) {
            out.varint(field, number);
        }
    }

    private static void id(ProtoWriter out, int field, long... parts) {
        out.tag(field, ProtoWriter.LEN);
        out.varint(parts.length * 8L);
        for (long part : parts) {
            // Ids are read from left to right, unlike protobuf's own numbers.
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.raw((byte) (part >>> shift));
            }
        }
    }
}
