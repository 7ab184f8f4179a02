package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** One OTLP profile: its own fields, and where its samples lie. */
final class OtlpProfile {
    private static final int SAMPLE = 2 << 3 | ProtoWriter.LEN;

    long type;
    long unit;
    long time;
    long duration;
    long periodType;
    long periodUnit;
    long period;
    long[] attributes;
    private int[] bounds = new int[64];
    int samples;
    /** Equal for profiles that differ in their sample types and values only. */
    long shape;

    OtlpProfile(ProtoReader reader, int start, int end) throws MalformedPayload {
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> valueType(reader, true);
                case 5 << 3 | ProtoWriter.LEN -> valueType(reader, false);
                case SAMPLE -> {
                    int length = reader.length();
                    if (samples * 2 == bounds.length) {
                        bounds = Arrays.copyOf(bounds, bounds.length * 2);
                    }
                    bounds[samples * 2] = reader.position();
                    bounds[samples * 2 + 1] = reader.position() + length;
                    samples++;
                    reader.skip(length);
                }
                case 3 << 3 | ProtoWriter.FIXED64 -> time = reader.fixed64();
                case 4 << 3 -> duration = reader.varint();
                case 6 << 3 -> period = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        reader.reset(start, end);
        attributes = Repeated.numbers(reader, 11);
        shape = shape(reader);
    }

    private void valueType(ProtoReader reader, boolean ofSamples) throws MalformedPayload {
        int outer = reader.enter();
        long name = 0;
        long unitName = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> name = reader.varint();
                case 2 << 3 -> unitName = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        if (ofSamples) {
            type = name;
            unit = unitName;
        } else {
            periodType = name;
            periodUnit = unitName;
        }
    }

    private long shape(ProtoReader reader) throws MalformedPayload {
        long hash = samples;
        for (long number : new long[] {time, duration, periodType, periodUnit, period}) {
            hash = Hash.and(hash, number);
        }
        for (long attribute : attributes) {
            hash = Hash.and(hash, attribute);
        }
        OtlpSample sample = new OtlpSample();
        for (int i = 0; i < samples; i++) {
            read(i, reader, sample);
            hash = sample.identity(hash);
        }
        return hash;
    }

    void read(int index, ProtoReader reader, OtlpSample into) throws MalformedPayload {
        into.read(reader, bounds[index * 2], bounds[index * 2 + 1]);
    }
}
