package io.lightvessel.collector.filelog;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;

/** Writes lines of one log as one OTLP request of one resource, straight to wire bytes. */
final class LogBatch implements LineJoiner.Sink {
    private static final int RESOURCE_LOGS = 0x0A;
    private static final int RESOURCE = 0x0A;
    private static final int SCOPE_LOGS = 0x12;
    private static final int LOG_RECORD = 0x12;
    private static final int TIME = 0x09;
    private static final int BODY = 0x2A;
    private static final int ATTRIBUTE = 0x32;
    private static final int OBSERVED_TIME = 0x59;
    private static final int STRING_VALUE = 0x0A;

    private static final byte[] STDOUT = ProtoBytes.attribute(ATTRIBUTE, "log.iostream", "stdout");
    private static final byte[] STDERR = ProtoBytes.attribute(ATTRIBUTE, "log.iostream", "stderr");
    private static final byte[] NONE = {};

    private final byte[] resource;
    private final byte[] common;
    private final ProtoBytes out;
    private long observed;
    private int records;

    /**
     * @param attributes of every record
     * @param out where records are collected; may serve all logs that one thread reads, since a batch is finished before
     *     the next one begins
     */
    LogBatch(Map<String, String> resourceAttributes, Map<String, String> attributes, ProtoBytes out) {
        this.out = out;
        this.resource = ProtoBytes.attributes(0x0A, resourceAttributes);
        this.common = ProtoBytes.attributes(ATTRIBUTE, attributes);
    }

    void begin(long observedUnixNano) {
        out.clear();
        records = 0;
        observed = observedUnixNano;
    }

    int records() {
        return records;
    }

    @Override
    public void line(long timeUnixNano, String stream, byte[] bytes, int from, int length) {
        if (Utf8.isAscii(bytes, from, length)) {
            write(timeUnixNano, stream, bytes, from, length);
        } else {
            byte[] valid = Utf8.repaired(bytes, from, length);
            write(timeUnixNano, stream, valid, 0, valid.length);
        }
    }

    /** The request; what it wraps is the caller's to release. */
    ByteBuf finish(ByteBufAllocator allocator) {
        int resourceField = 1 + ProtoBytes.varintSize(resource.length) + resource.length;
        int scopeField = 1 + ProtoBytes.varintSize(out.size()) + out.size();
        int resourceLogs = resourceField + scopeField;
        ProtoBytes head = new ProtoBytes();
        head.length(RESOURCE_LOGS, resourceLogs);
        head.length(RESOURCE, resource.length);
        head.bytes(resource, 0, resource.length);
        head.length(SCOPE_LOGS, out.size());
        ByteBuf request = allocator.buffer(head.size() + out.size());
        head.writeTo(request);
        out.writeTo(request);
        return request;
    }

    private void write(long time, String stream, byte[] bytes, int from, int length) {
        byte[] streamAttribute = streamAttribute(stream);
        int any = 1 + ProtoBytes.varintSize(length) + length;
        int size =
                (time == 0 ? 0 : 9) + 9 + 1 + ProtoBytes.varintSize(any) + any + common.length + streamAttribute.length;
        out.length(LOG_RECORD, size);
        if (time != 0) {
            out.fixed64(TIME, time);
        }
        out.length(BODY, any);
        out.length(STRING_VALUE, length);
        out.bytes(bytes, from, length);
        out.bytes(common, 0, common.length);
        out.bytes(streamAttribute, 0, streamAttribute.length);
        out.fixed64(OBSERVED_TIME, observed);
        records++;
    }

    private static byte[] streamAttribute(String stream) {
        return switch (stream) {
            case "" -> NONE;
            case "stdout" -> STDOUT;
            case "stderr" -> STDERR;
            default -> ProtoBytes.attribute(ATTRIBUTE, "log.iostream", stream);
        };
    }
}
