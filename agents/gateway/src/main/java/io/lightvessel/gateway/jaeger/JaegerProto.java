package io.lightvessel.gateway.jaeger;

import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code jaeger.api_v2.PostSpansRequest}. */
final class JaegerProto {

    private static final int STRING = 0;
    private static final int BOOL = 1;
    private static final int INT64 = 2;
    private static final int FLOAT64 = 3;
    private static final int BINARY = 4;

    private final ProtoReader reader;
    private final JaegerConverter converter;
    private int count;

    private JaegerProto(ByteBuf bytes, JaegerConverter converter) {
        this.reader = new ProtoReader(bytes);
        this.converter = converter;
    }

    static void read(ByteBuf bytes, JaegerConverter converter) throws MalformedPayload, CorruptData {
        new JaegerProto(bytes, converter).request();
    }

    private void request() throws MalformedPayload, CorruptData {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == len(1)) {
                int outer = reader.enter();
                batch();
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void batch() throws MalformedPayload, CorruptData {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == len(1)) {
                int outer = reader.enter();
                converter.add(span());
                reader.leave(outer);
            } else if (tag == len(2)) {
                converter.process(process());
            } else {
                reader.skipField(tag);
            }
        }
    }

    private JaegerSpan span() throws MalformedPayload, CorruptData {
        JaegerSpan span = new JaegerSpan();
        long duration = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> {
                    long[] id = id("trace_id", 16);
                    span.draft.traceIdHigh = id[0];
                    span.draft.traceIdLow = id[1];
                }
                case 2 << 3 | ProtoWriter.LEN -> span.draft.spanId = id("span_id", 8)[1];
                case 3 << 3 | ProtoWriter.LEN -> span.draft.name = reader.string();
                case 4 << 3 | ProtoWriter.LEN -> span.references.add(reference());
                case 6 << 3 | ProtoWriter.LEN -> span.draft.start = nanos();
                case 7 << 3 | ProtoWriter.LEN -> duration = nanos();
                case 8 << 3 | ProtoWriter.LEN -> tag(span.draft.attributes);
                case 9 << 3 | ProtoWriter.LEN -> log(span);
                case 10 << 3 | ProtoWriter.LEN -> span.process = process();
                default -> reader.skipField(tag);
            }
        }
        if (span.draft.traceIdHigh == 0 && span.draft.traceIdLow == 0 || span.draft.spanId == 0) {
            throw new CorruptData("span " + count + ": no trace_id or span_id (expected: both, not all zero)");
        }
        count++;
        span.draft.end = span.draft.start + Math.clamp(duration, 0, Long.MAX_VALUE - span.draft.start);
        return span;
    }

    private JaegerSpan.Reference reference() throws MalformedPayload, CorruptData {
        int outer = reader.enter();
        long[] traceId = {0, 0};
        long spanId = 0;
        boolean followsFrom = false;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> traceId = id("references.trace_id", 16);
                case 2 << 3 | ProtoWriter.LEN -> spanId = id("references.span_id", 8)[1];
                case 3 << 3 | ProtoWriter.VARINT -> followsFrom = reader.varint() == 1;
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        return new JaegerSpan.Reference(traceId[0], traceId[1], spanId, followsFrom);
    }

    private JaegerSpan.Process process() throws MalformedPayload {
        int outer = reader.enter();
        String service = "";
        Map<String, Object> tags = new LinkedHashMap<>();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> service = reader.string();
                case 2 << 3 | ProtoWriter.LEN -> tag(tags);
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        return new JaegerSpan.Process(service, tags);
    }

    private void log(JaegerSpan span) throws MalformedPayload, CorruptData {
        int outer = reader.enter();
        long time = 0;
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> time = nanos();
                case 2 << 3 | ProtoWriter.LEN -> tag(fields);
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        span.draft.events.add(JaegerConverter.event(time, fields));
    }

    private void tag(Map<String, Object> tags) throws MalformedPayload {
        int outer = reader.enter();
        String key = "";
        long type = STRING;
        String text = "";
        boolean flag = false;
        long whole = 0;
        double decimal = 0;
        byte[] binary = {};
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> key = reader.string();
                case 2 << 3 | ProtoWriter.VARINT -> type = reader.varint();
                case 3 << 3 | ProtoWriter.LEN -> text = reader.string();
                case 4 << 3 | ProtoWriter.VARINT -> flag = reader.varint() != 0;
                case 5 << 3 | ProtoWriter.VARINT -> whole = reader.varint();
                case 6 << 3 | ProtoWriter.FIXED64 -> decimal = Double.longBitsToDouble(reader.fixed64());
                case 7 << 3 | ProtoWriter.LEN -> {
                    binary = new byte[reader.length()];
                    reader.bytes().getBytes(reader.position(), binary);
                    reader.skip(binary.length);
                }
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        Object value = switch ((int) type) {
            case STRING -> text;
            case BOOL -> flag;
            case INT64 -> whole;
            case FLOAT64 -> decimal;
            case BINARY -> binary;
            default -> "<Unknown Jaeger TagType \"" + type + "\">";
        };
        tags.put(key, value);
    }

    /** Seconds and nanoseconds of a Timestamp or a Duration. */
    private long nanos() throws MalformedPayload, CorruptData {
        int outer = reader.enter();
        long seconds = 0;
        long nanos = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.VARINT -> seconds = reader.varint();
                case 2 << 3 | ProtoWriter.VARINT -> nanos = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        if (seconds < 0 || seconds > Long.MAX_VALUE / 1_000_000_000L - 1 || nanos < 0 || nanos > 999_999_999) {
            throw new CorruptData("span " + count + ": a time of " + seconds + " s and " + nanos
                    + " ns (expected: 0 or more, and less than a second of nanoseconds)");
        }
        return seconds * 1_000_000_000L + nanos;
    }

    /** The two halves of an id, of which a short one has only the second. */
    private long[] id(String name, int expected) throws MalformedPayload, CorruptData {
        int length = reader.length();
        if (length != expected && length != 0) {
            throw new CorruptData(
                    "span " + count + ": " + name + " of " + length + " bytes (expected: " + expected + ")");
        }
        int at = reader.position();
        long low = length == 0 ? 0 : reader.bytes().getLong(at + length - 8);
        long high = length == 16 ? reader.bytes().getLong(at) : 0;
        reader.skip(length);
        return new long[] {high, low};
    }

    private static int len(int field) {
        return field << 3 | ProtoWriter.LEN;
    }
}
