package io.lightvessel.gateway.zipkin;

import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** Reads {@code zipkin.proto3.ListOfSpans}. */
final class ZipkinProto {

    private static final String[] KINDS = {"", "CLIENT", "SERVER", "PRODUCER", "CONSUMER"};

    private final ProtoReader reader;
    private String path = "";

    private ZipkinProto(ByteBuf bytes) {
        this.reader = new ProtoReader(bytes);
    }

    /** Hands on each span as it has been read. */
    static void read(ByteBuf bytes, Consumer<ZipkinSpan> spans) throws MalformedPayload, CorruptData {
        ZipkinProto proto = new ZipkinProto(bytes);
        int count = 0;
        for (int tag = proto.reader.tag(); tag != 0; tag = proto.reader.tag()) {
            if (tag == message(1)) {
                proto.path = "span " + count++;
                int outer = proto.reader.enter();
                spans.accept(proto.span());
                proto.reader.leave(outer);
            } else {
                proto.reader.skipField(tag);
            }
        }
    }

    private ZipkinSpan span() throws MalformedPayload, CorruptData {
        ZipkinSpan span = new ZipkinSpan();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> traceId(span);
                case 2 << 3 | ProtoWriter.LEN -> span.parentId = id("parent_id");
                case 3 << 3 | ProtoWriter.LEN -> span.id = id("id");
                case 4 << 3 | ProtoWriter.VARINT -> span.kind = kind(reader.varint());
                case 5 << 3 | ProtoWriter.LEN -> span.name = reader.string();
                case 6 << 3 | ProtoWriter.FIXED64 -> span.timestamp = micros(reader.fixed64(), "timestamp");
                case 7 << 3 | ProtoWriter.VARINT -> span.duration = micros(reader.varint(), "duration");
                case 8 << 3 | ProtoWriter.LEN -> span.local = place();
                case 9 << 3 | ProtoWriter.LEN -> span.remote = place();
                case 10 << 3 | ProtoWriter.LEN -> annotation(span);
                case 11 << 3 | ProtoWriter.LEN -> tag(span);
                default -> reader.skipField(tag);
            }
        }
        if (span.traceIdHigh == 0 && span.traceIdLow == 0) {
            throw new CorruptData(path + ": no trace_id (expected: 8 or 16 bytes, not all zero)");
        }
        if (span.id == 0) {
            throw new CorruptData(path + ": no id (expected: 8 bytes, not all zero)");
        }
        return span;
    }

    private static String kind(long number) {
        return number > 0 && number < KINDS.length ? KINDS[(int) number] : "";
    }

    private void traceId(ZipkinSpan span) throws MalformedPayload, CorruptData {
        int length = reader.length();
        if (length != 8 && length != 16) {
            throw new CorruptData(path + ": trace_id of " + length + " bytes (expected: 8 or 16)");
        }
        int at = reader.position();
        span.traceIdHigh = length == 16 ? reader.bytes().getLong(at) : 0;
        span.traceIdLow = reader.bytes().getLong(at + length - 8);
        reader.skip(length);
    }

    private long id(String name) throws MalformedPayload, CorruptData {
        int length = reader.length();
        if (length == 0) {
            return 0;
        }
        if (length != 8) {
            throw new CorruptData(path + ": " + name + " of " + length + " bytes (expected: 8)");
        }
        long id = reader.bytes().getLong(reader.position());
        reader.skip(length);
        return id;
    }

    private long micros(long value, String name) throws CorruptData {
        if (value < 0 || value > Long.MAX_VALUE / 1000) {
            throw new CorruptData(
                    path + ": " + name + ": " + Long.toUnsignedString(value) + " (expected: microseconds)");
        }
        return value;
    }

    private ZipkinSpan.Place place() throws MalformedPayload, CorruptData {
        int outer = reader.enter();
        String service = "";
        String ipv4 = "";
        String ipv6 = "";
        int port = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> service = reader.string();
                case 2 << 3 | ProtoWriter.LEN -> ipv4 = ip(4);
                case 3 << 3 | ProtoWriter.LEN -> ipv6 = ip(16);
                case 4 << 3 | ProtoWriter.VARINT -> port = (int) Math.clamp(reader.varint(), 0, 65_535);
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        return new ZipkinSpan.Place(service, ipv4.isEmpty() ? ipv6 : ipv4, port);
    }

    private String ip(int expected) throws MalformedPayload, CorruptData {
        int length = reader.length();
        if (length == 0) {
            return "";
        }
        if (length != expected) {
            throw new CorruptData(path + ": an address of " + length + " bytes (expected: " + expected + ")");
        }
        byte[] address = new byte[length];
        reader.bytes().getBytes(reader.position(), address);
        reader.skip(length);
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + length + " bytes is none", e);
        }
    }

    private void annotation(ZipkinSpan span) throws MalformedPayload, CorruptData {
        int outer = reader.enter();
        long timestamp = 0;
        String value = "";
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.FIXED64 -> timestamp = micros(reader.fixed64(), "annotation.timestamp");
                case 2 << 3 | ProtoWriter.LEN -> value = reader.string();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        span.annotations.add(new ZipkinSpan.Annotation(timestamp, value));
    }

    private void tag(ZipkinSpan span) throws MalformedPayload {
        int outer = reader.enter();
        String key = "";
        String value = "";
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> key = reader.string();
                case 2 << 3 | ProtoWriter.LEN -> value = reader.string();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        span.tags.put(key, value);
    }

    private static int message(int field) {
        return field << 3 | ProtoWriter.LEN;
    }
}
