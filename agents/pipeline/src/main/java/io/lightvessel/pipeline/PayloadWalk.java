package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;

/**
 * Goes through a request from its resources over their scopes to its records and counts these. Every message on the
 * way, and the fields of every resource, scope and record, must be well-formed; what is nested deeper is left to
 * whoever decodes it, since looking there would cost as much as decoding.
 */
final class PayloadWalk {

    private static final int RESOURCE_GROUPS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_GROUPS = 2;
    private static final int SCOPE = 1;
    private static final int RECORDS = 2;
    private static final int DATA_POINTS = 1;

    private final WireReader reader;
    private final FieldScan scan;
    private final boolean metrics;
    private int records;

    private PayloadWalk(Signal signal, ByteBuf bytes, int from, int to) {
        this.metrics = signal == Signal.METRICS;
        this.reader = new WireReader(bytes, from, to);
        this.scan = new FieldScan(bytes, from, to);
    }

    /** Counts the records of a whole request. */
    static int countRecords(Signal signal, ByteBuf request) throws MalformedPayload {
        PayloadWalk walk = new PayloadWalk(signal, request, request.readerIndex(), request.writerIndex());
        while (walk.reader.hasMore()) {
            int tag = walk.reader.readTag();
            if (WireReader.field(tag) == RESOURCE_GROUPS) {
                int outer = walk.enter(tag, "resource group");
                walk.resourceGroup();
                walk.reader.leave(outer);
            } else {
                walk.reader.skip(tag);
            }
        }
        return walk.records;
    }

    /** Counts the records below one resource, of which the bytes between two indices are the message. */
    static int countRecordsOfResource(Signal signal, ByteBuf bytes, int from, int to) throws MalformedPayload {
        PayloadWalk walk = new PayloadWalk(signal, bytes, from, to);
        walk.resourceGroup();
        return walk.records;
    }

    private void resourceGroup() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (WireReader.field(tag)) {
                case RESOURCE -> check(tag, "resource");
                case SCOPE_GROUPS -> {
                    int outer = enter(tag, "scope group");
                    scopeGroup();
                    reader.leave(outer);
                }
                default -> reader.skip(tag);
            }
        }
    }

    private void scopeGroup() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (WireReader.field(tag)) {
                case SCOPE -> check(tag, "scope");
                case RECORDS -> {
                    int outer = enter(tag, "record");
                    if (metrics) {
                        metric();
                    } else {
                        records = Math.addExact(records, 1);
                        checkFields();
                    }
                    reader.leave(outer);
                }
                default -> reader.skip(tag);
            }
        }
    }

    private void metric() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (WireReader.field(tag)) {
                // gauge, sum, histogram, exponential histogram, summary
                case 5, 7, 9, 10, 11 -> {
                    int outer = enter(tag, "metric data");
                    dataPoints();
                    reader.leave(outer);
                }
                default -> reader.skip(tag);
            }
        }
    }

    private void dataPoints() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            if (WireReader.field(tag) == DATA_POINTS) {
                check(tag, "data point");
                records = Math.addExact(records, 1);
            } else {
                reader.skip(tag);
            }
        }
    }

    private void check(int tag, String what) throws MalformedPayload {
        int outer = enter(tag, what);
        checkFields();
        reader.leave(outer);
    }

    private void checkFields() throws MalformedPayload {
        if (!scan.isUsual(reader.position(), reader.limit())) {
            reader.skipRest();
        }
    }

    private int enter(int tag, String what) throws MalformedPayload {
        if (WireReader.wireType(tag) != WireReader.LENGTH_DELIMITED) {
            throw reader.malformed(
                    "a " + what + " of wire type " + WireReader.wireType(tag), reader.position(), "wire type 2");
        }
        return reader.enter();
    }
}
