package io.lightvessel.gateway.jaeger;

import io.lightvessel.gateway.spans.SpanDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span as Jaeger describes it, while it is being read: what OTLP has too is in the draft, the rest beside it. */
final class JaegerSpan {

    /** Another span; the kind of reference decides whether it is the parent or a link. */
    record Reference(long traceIdHigh, long traceIdLow, long spanId, boolean followsFrom) {}

    /** Who sent spans. */
    record Process(String serviceName, Map<String, Object> tags) {}

    final SpanDraft draft = new SpanDraft();
    final List<Reference> references = new ArrayList<>();
    /** Its own, which wins over the batch's. */
    @Nullable
    Process process;
}
