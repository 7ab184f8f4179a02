package io.lightvessel.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What reached backends, record by record: every record carries an id where its time would be. */
public final class IdSink {
    private final Map<Long, Integer> times = new ConcurrentHashMap<>();

    /** A request for the records {@code first} to {@code first + count - 1}. */
    public static byte[] logs(long first, int count) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < count; i++) {
            scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(first + i));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Requests.resource("service.name", "shop"))
                        .addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    public static byte[] spans(long first, int count) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int i = 0; i < count; i++) {
            scope.addSpans(Span.newBuilder().setName("order").setStartTimeUnixNano(first + i));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Requests.resource("service.name", "shop"))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    /** Notes what this backend gets before it acknowledges; several backends may feed one sink. */
    public void collect(Backend backend) {
        backend.context.behaviour = (payload, result) -> {
            // Each call has put one there, and it does not matter which one is noted by which call.
            Taken taken = backend.context.taken.remove();
            note(taken);
            payload.release();
            result.accepted();
        };
    }

    private void note(Taken taken) {
        try {
            if (taken.signal() == Signal.LOGS) {
                ExportLogsServiceRequest.parseFrom(taken.bytes()).getResourceLogsList().stream()
                        .flatMap(group -> group.getScopeLogsList().stream())
                        .flatMap(scope -> scope.getLogRecordsList().stream())
                        .forEach(record -> times.merge(record.getTimeUnixNano(), 1, Integer::sum));
            } else {
                ExportTraceServiceRequest.parseFrom(taken.bytes()).getResourceSpansList().stream()
                        .flatMap(group -> group.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .forEach(span -> times.merge(span.getStartTimeUnixNano(), 1, Integer::sum));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** By id, how many times a record arrived. */
    public Map<Long, Integer> times() {
        return times;
    }

    public Set<Long> ids() {
        return times.keySet();
    }
}
