package io.lightvessel.gateway.spans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of another protocol while it is being read: its fields in OTLP's terms, its tags as attributes. Values of
 * attributes are {@code String}, {@code Long}, {@code Double}, {@code Boolean} or {@code byte[]}. Belongs to one thread.
 */
public final class SpanDraft {

    /** OTLP's span kinds, by their numbers. */
    public enum Kind {
        UNSPECIFIED,
        INTERNAL,
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    /** OTLP's status codes, by their numbers. */
    public enum Status {
        UNSET,
        OK,
        ERROR
    }

    /** Something that happened while the span ran; time in nanoseconds since the epoch. */
    public record Event(long time, String name, Map<String, Object> attributes, long droppedAttributes) {}

    /** Another span this one has to do with. */
    public record Link(
            long traceIdHigh,
            long traceIdLow,
            long spanId,
            String traceState,
            Map<String, Object> attributes,
            long droppedAttributes) {}

    public long traceIdHigh;
    public long traceIdLow;
    public long spanId;
    /** Zero for a root. */
    public long parentSpanId;

    public String traceState = "";
    public String name = "";
    public Kind kind = Kind.UNSPECIFIED;
    /** Nanoseconds since the epoch. */
    public long start;

    public long end;
    public Status status = Status.UNSET;
    public String statusMessage = "";
    public final Map<String, Object> attributes = new LinkedHashMap<>();
    public final List<Event> events = new ArrayList<>();
    public final List<Link> links = new ArrayList<>();

    /** Removes an attribute and returns it if it is a text; others stay. */
    public @Nullable String takeText(String key) {
        if (attributes.get(key) instanceof String text) {
            attributes.remove(key);
            return text;
        }
        return null;
    }
}
