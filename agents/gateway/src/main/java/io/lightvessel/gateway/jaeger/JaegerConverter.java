package io.lightvessel.gateway.jaeger;

import io.lightvessel.gateway.spans.SpanDraft;
import io.lightvessel.gateway.spans.Tags;
import io.lightvessel.gateway.spans.TracesWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes OTLP spans of Jaeger's by the rules of the Collector: the process becomes the resource, references the parent and
 * links, logs events.
 */
final class JaegerConverter {

    private static final JaegerSpan.Process NOBODY = new JaegerSpan.Process("", Map.of());
    /** What clients write who do not know the service. */
    private static final String NO_SERVICE = "OTLPResourceNoServiceName";

    private final TracesWriter traces = new TracesWriter();
    private final List<JaegerSpan> spans = new ArrayList<>();
    private final Map<JaegerSpan.Process, Map<String, Object>> resources = new HashMap<>();
    private JaegerSpan.@Nullable Process process;

    void add(JaegerSpan span) {
        spans.add(span);
    }

    /** The process of all spans that have none of their own. */
    void process(JaegerSpan.Process ofBatch) {
        process = ofBatch;
    }

    /** All that was added, to be asked for once: the process may come after the spans. */
    TracesWriter traces() {
        for (JaegerSpan span : spans) {
            convert(span);
        }
        return traces;
    }

    private void convert(JaegerSpan span) {
        SpanDraft draft = span.draft;
        parentAndLinks(span);
        TracesWriter.Scope scope = TracesWriter.Scope.takenFrom(draft);
        Tags.kind(draft);
        status(draft);
        Tags.traceState(draft);
        JaegerSpan.Process sender = span.process != null ? span.process : process != null ? process : NOBODY;
        traces.add(resources.computeIfAbsent(sender, JaegerConverter::resource), scope, draft);
    }

    /** The parent is the first reference within the trace, child-of before follows-from; all others are links. */
    private static void parentAndLinks(JaegerSpan span) {
        SpanDraft draft = span.draft;
        JaegerSpan.@Nullable Reference parent = null;
        for (JaegerSpan.Reference reference : span.references) {
            boolean sameTrace =
                    reference.traceIdHigh() == draft.traceIdHigh && reference.traceIdLow() == draft.traceIdLow;
            if (sameTrace && (parent == null || parent.followsFrom() && !reference.followsFrom())) {
                parent = reference;
            }
        }
        if (draft.parentSpanId == 0 && parent != null) {
            draft.parentSpanId = parent.spanId();
        }
        for (JaegerSpan.Reference reference : span.references) {
            if (reference.spanId() == draft.parentSpanId && !reference.followsFrom()) {
                continue;
            }
            String type = reference.followsFrom() ? "follows_from" : "child_of";
            draft.links.add(new SpanDraft.Link(
                    reference.traceIdHigh(),
                    reference.traceIdLow(),
                    reference.spanId(),
                    "",
                    Map.of("opentracing.ref_type", type),
                    0));
        }
    }

    /** The tag {@code error} is the last word; then OpenTelemetry's own tags count, then the status of an HTTP request. */
    private static void status(SpanDraft draft) {
        if (Boolean.TRUE.equals(draft.attributes.get("error"))) {
            draft.attributes.remove("error");
            draft.attributes.remove("otel.status_code");
            draft.status = SpanDraft.Status.ERROR;
            if (!Tags.description(draft)) {
                httpMessage(draft);
            }
        } else if (!Tags.explicitStatus(draft)) {
            httpStatus(draft);
        }
    }

    private static void httpStatus(SpanDraft draft) {
        Object code = draft.attributes.get("http.status_code");
        long status = code instanceof Long number ? number : code instanceof String text ? number(text) : 0;
        boolean clientsFault = status >= 400 && status < 500 && draft.kind == SpanDraft.Kind.SERVER;
        if (status >= 400 && !clientsFault) {
            draft.status = SpanDraft.Status.ERROR;
            httpMessage(draft);
        }
    }

    private static void httpMessage(SpanDraft draft) {
        if (draft.attributes.get("http.status_message") instanceof String message) {
            draft.statusMessage = message;
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Map<String, Object> resource(JaegerSpan.Process process) {
        Map<String, Object> resource = new LinkedHashMap<>();
        if (!process.serviceName().isEmpty() && !process.serviceName().equals(NO_SERVICE)) {
            resource.put("service.name", process.serviceName());
        }
        resource.putAll(process.tags());
        rename(resource, "hostname", "host.name", "");
        rename(resource, "jaeger.version", "opencensus.exporterversion", "Jaeger-");
        return resource;
    }

    private static void rename(Map<String, Object> resource, String from, String to, String prefix) {
        Object value = resource.get(from);
        if (value != null && !resource.containsKey(to)) {
            resource.remove(from);
            resource.put(to, prefix.isEmpty() ? value : prefix + value);
        }
    }

    /** A log's fields as an event, which is named by the field {@code event}. */
    static SpanDraft.Event event(long time, Map<String, Object> fields) {
        String name = fields.get("event") instanceof String text ? text : "";
        if (!name.isEmpty()) {
            fields.remove("event");
        }
        return new SpanDraft.Event(time, name, fields, 0);
    }
}
