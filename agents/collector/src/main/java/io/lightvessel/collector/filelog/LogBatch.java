package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Entry;
import io.lightvessel.collector.filelog.operator.LogFacts;
import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.collector.filelog.operator.ProtoBytes;
import io.lightvessel.collector.filelog.operator.Utf8;
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
    private static final int SEVERITY_NUMBER = 0x10;
    private static final int SEVERITY_TEXT = 0x1A;
    private static final int BODY = 0x2A;
    private static final int ATTRIBUTE = 0x32;
    private static final int OBSERVED_TIME = 0x59;
    private static final int STRING_VALUE = 0x0A;

    private static final byte[] STDOUT = ProtoBytes.attribute(ATTRIBUTE, "log.iostream", "stdout");
    private static final byte[] STDERR = ProtoBytes.attribute(ATTRIBUTE, "log.iostream", "stderr");
    private static final byte[] NONE = {};

    private LogFacts facts;
    private byte[] resource;
    private final byte[] common;
    private final ProtoBytes out;
    private final Operators operators;
    private final Entry entry;
    private long observed;
    private int records;
    private int droppedLines;
    private long droppedBytes;

    /**
     * @param attributes of every record
     * @param out where records are collected; may serve all logs that one thread reads, since a batch is finished before
     *     the next one begins
     */
    LogBatch(
            Map<String, String> resourceAttributes,
            Map<String, String> attributes,
            ProtoBytes out,
            Operators operators) {
        this.operators = operators;
        this.entry = operators.entry();
        this.out = out;
        this.facts = new LogFacts(resourceAttributes, attributes);
        this.resource = ProtoBytes.attributes(0x0A, resourceAttributes);
        this.common = ProtoBytes.attributes(ATTRIBUTE, attributes);
    }

    /** From the next batch on. */
    void resource(Map<String, String> attributes) {
        facts = new LogFacts(attributes, facts.attributes());
        resource = ProtoBytes.attributes(0x0A, attributes);
    }

    void begin(long observedUnixNano) {
        out.clear();
        records = 0;
        observed = observedUnixNano;
    }

    int records() {
        return records;
    }

    /** Lines that an operator could not read and had to drop, since it was told. */
    int droppedLines() {
        return droppedLines;
    }

    long droppedBytes() {
        return droppedBytes;
    }

    /** What was dropped has been told. */
    void told() {
        droppedLines = 0;
        droppedBytes = 0;
    }

    @Override
    public void line(long timeUnixNano, String stream, byte[] bytes, int from, int length) {
        if (Utf8.isAscii(bytes, from, length)) {
            put(timeUnixNano, stream, bytes, from, length);
        } else {
            byte[] valid = Utf8.repaired(bytes, from, length);
            put(timeUnixNano, stream, valid, 0, valid.length);
        }
    }

    private void put(long timeUnixNano, String stream, byte[] bytes, int from, int length) {
        if (operators.isEmpty()) {
            write(timeUnixNano, stream, bytes, from, length);
        } else {
            entry.begin(facts, stream, timeUnixNano, bytes, from, length);
            if (operators.apply()) {
                write(stream);
            } else {
                droppedLines++;
                droppedBytes += length;
            }
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

    /** Writes the entry, which has more than a text and a time. */
    private void write(String stream) {
        byte[] streamAttribute = streamAttribute(stream);
        int any = 1 + ProtoBytes.varintSize(entry.length) + entry.length;
        int severity = entry.severityNumber == 0
                ? 0
                : 3 + ProtoBytes.varintSize(entry.severityText.length) + entry.severityText.length;
        int size = (entry.timeUnixNano == 0 ? 0 : 9)
                + severity
                + 1
                + ProtoBytes.varintSize(any)
                + any
                + entry.attributes.sizeAsFields()
                + common.length
                + streamAttribute.length
                + 9;
        out.length(LOG_RECORD, size);
        if (entry.timeUnixNano != 0) {
            out.fixed64(TIME, entry.timeUnixNano);
        }
        if (severity > 0) {
            out.length(SEVERITY_NUMBER, entry.severityNumber);
            out.length(SEVERITY_TEXT, entry.severityText.length);
            out.bytes(entry.severityText, 0, entry.severityText.length);
        }
        out.length(BODY, any);
        out.length(STRING_VALUE, entry.length);
        out.bytes(entry.body, entry.from, entry.length);
        entry.attributes.writeAsFields(ATTRIBUTE, out);
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
