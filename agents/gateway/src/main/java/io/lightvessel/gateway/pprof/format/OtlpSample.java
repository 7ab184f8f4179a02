package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** One sample of an OTLP profile, with what was observed added up to one value, as pprof has it. */
final class OtlpSample {
    private static final int ATTRIBUTES = 2;

    long stack;
    long link;
    long value;
    long[] attributes = {};

    void read(ProtoReader reader, int start, int end) throws MalformedPayload {
        stack = 0;
        link = 0;
        value = 0;
        boolean valued = false;
        long times = 0;
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> stack = reader.varint();
                case 3 << 3 -> link = reader.varint();
                case 4 << 3 -> {
                    value += reader.varint();
                    valued = true;
                }
                case 4 << 3 | ProtoWriter.LEN -> {
                    int outer = reader.enter();
                    while (reader.hasMore()) {
                        value += reader.varint();
                        valued = true;
                    }
                    reader.leave(outer);
                }
                case 5 << 3 | ProtoWriter.FIXED64 -> {
                    reader.fixed64();
                    times++;
                }
                case 5 << 3 | ProtoWriter.LEN -> {
                    int length = reader.length();
                    reader.skip(length);
                    times += length / 8;
                }
                default -> reader.skipField(tag);
            }
        }
        if (!valued) {
            // Each moment counts as one.
            value = times;
        }
        reader.reset(start, end);
        attributes = Repeated.numbers(reader, ATTRIBUTES);
    }

    /** Of all but the value. */
    long identity(long before) {
        long hash = Hash.and(Hash.and(before, stack), link);
        for (long attribute : attributes) {
            hash = Hash.and(hash, attribute);
        }
        return hash;
    }
}
