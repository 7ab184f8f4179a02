package io.lightvessel.gateway.jaeger;

import static io.lightvessel.gateway.jaeger.ThriftReader.BOOL;
import static io.lightvessel.gateway.jaeger.ThriftReader.DOUBLE;
import static io.lightvessel.gateway.jaeger.ThriftReader.I32;
import static io.lightvessel.gateway.jaeger.ThriftReader.I64;
import static io.lightvessel.gateway.jaeger.ThriftReader.LIST;
import static io.lightvessel.gateway.jaeger.ThriftReader.STOP;
import static io.lightvessel.gateway.jaeger.ThriftReader.STRING;
import static io.lightvessel.gateway.jaeger.ThriftReader.STRUCT;

import io.lightvessel.gateway.net.CorruptData;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the struct {@code Batch} of jaeger.thrift in Thrift's binary protocol. */
final class JaegerThrift {

    private static final long NANOS_PER_MICRO = 1000;
    private static final int TAG_STRING = 0;
    private static final int TAG_DOUBLE = 1;
    private static final int TAG_BOOL = 2;
    private static final int TAG_LONG = 3;
    private static final int TAG_BINARY = 4;

    private final ThriftReader reader;
    private int count;

    private JaegerThrift(ByteBuf bytes) {
        this.reader = new ThriftReader(bytes);
    }

    static void read(ByteBuf bytes, JaegerConverter converter) throws CorruptData {
        new JaegerThrift(bytes).batch(converter);
    }

    private void batch(JaegerConverter converter) throws CorruptData {
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (reader.is(1, type, STRUCT)) {
                converter.process(process());
            } else if (reader.is(2, type, LIST)) {
                int spans = reader.structs();
                for (int i = 0; i < spans; i++) {
                    converter.add(span());
                }
            } else {
                reader.skip(type);
            }
        }
    }

    private JaegerSpan.Process process() throws CorruptData {
        String service = "";
        Map<String, Object> tags = new LinkedHashMap<>();
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (reader.is(1, type, STRING)) {
                service = reader.string();
            } else if (reader.is(2, type, LIST)) {
                tags(tags);
            } else {
                reader.skip(type);
            }
        }
        return new JaegerSpan.Process(service, tags);
    }

    private JaegerSpan span() throws CorruptData {
        JaegerSpan span = new JaegerSpan();
        long duration = 0;
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (type == I64) {
                long value = reader.i64();
                switch (reader.field()) {
                    case 1 -> span.draft.traceIdLow = value;
                    case 2 -> span.draft.traceIdHigh = value;
                    case 3 -> span.draft.spanId = value;
                    case 4 -> span.draft.parentSpanId = value;
                    case 8 -> span.draft.start = nanos(value, "startTime");
                    case 9 -> duration = nanos(value, "duration");
                    default -> {
                        // A number we have no use for.
                    }
                }
            } else if (reader.is(5, type, STRING)) {
                span.draft.name = reader.string();
            } else if (reader.is(6, type, LIST)) {
                int references = reader.structs();
                for (int i = 0; i < references; i++) {
                    span.references.add(reference());
                }
            } else if (reader.is(10, type, LIST)) {
                tags(span.draft.attributes);
            } else if (reader.is(11, type, LIST)) {
                int logs = reader.structs();
                for (int i = 0; i < logs; i++) {
                    log(span);
                }
            } else {
                reader.skip(type);
            }
        }
        if (span.draft.traceIdHigh == 0 && span.draft.traceIdLow == 0 || span.draft.spanId == 0) {
            throw new CorruptData("span " + count + ": no trace id or span id (expected: both, not zero)");
        }
        count++;
        span.draft.end = span.draft.start + Math.min(duration, Long.MAX_VALUE - span.draft.start);
        return span;
    }

    private JaegerSpan.Reference reference() throws CorruptData {
        boolean followsFrom = false;
        long low = 0;
        long high = 0;
        long spanId = 0;
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (reader.is(1, type, I32)) {
                followsFrom = reader.i32() == 1;
            } else if (reader.is(2, type, I64)) {
                low = reader.i64();
            } else if (reader.is(3, type, I64)) {
                high = reader.i64();
            } else if (reader.is(4, type, I64)) {
                spanId = reader.i64();
            } else {
                reader.skip(type);
            }
        }
        return new JaegerSpan.Reference(high, low, spanId, followsFrom);
    }

    private void log(JaegerSpan span) throws CorruptData {
        long time = 0;
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (reader.is(1, type, I64)) {
                time = nanos(reader.i64(), "log timestamp");
            } else if (reader.is(2, type, LIST)) {
                tags(fields);
            } else {
                reader.skip(type);
            }
        }
        span.draft.events.add(JaegerConverter.event(time, fields));
    }

    private void tags(Map<String, Object> tags) throws CorruptData {
        int size = reader.structs();
        for (int i = 0; i < size; i++) {
            tag(tags);
        }
    }

    private void tag(Map<String, Object> tags) throws CorruptData {
        String key = "";
        int kind = TAG_STRING;
        String text = "";
        double decimal = 0;
        boolean flag = false;
        long whole = 0;
        byte[] binary = {};
        for (int type = reader.next(); type != STOP; type = reader.next()) {
            if (reader.is(1, type, STRING)) {
                key = reader.string();
            } else if (reader.is(2, type, I32)) {
                kind = reader.i32();
            } else if (reader.is(3, type, STRING)) {
                text = reader.string();
            } else if (reader.is(4, type, DOUBLE)) {
                decimal = reader.decimal();
            } else if (reader.is(5, type, BOOL)) {
                flag = reader.bool();
            } else if (reader.is(6, type, I64)) {
                whole = reader.i64();
            } else if (reader.is(7, type, STRING)) {
                binary = reader.binary();
            } else {
                reader.skip(type);
            }
        }
        Object value = switch (kind) {
            case TAG_STRING -> text;
            case TAG_DOUBLE -> decimal;
            case TAG_BOOL -> flag;
            case TAG_LONG -> whole;
            case TAG_BINARY -> binary;
            default -> "<Unknown Jaeger TagType \"" + kind + "\">";
        };
        tags.put(key, value);
    }

    private long nanos(long micros, String what) throws CorruptData {
        if (micros < 0 || micros > Long.MAX_VALUE / NANOS_PER_MICRO) {
            throw new CorruptData(
                    "span " + count + ": " + what + ": " + micros + " (expected: microseconds, 0 or more)");
        }
        return micros * NANOS_PER_MICRO;
    }
}
