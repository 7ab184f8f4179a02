package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.pipeline.MalformedPayload;
import java.util.Arrays;

/** A growing list of 64-bit numbers without boxes. */
final class Numbers {
    private long[] numbers = new long[64];
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return numbers[index];
    }

    void clear() {
        size = 0;
    }

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    /** Reads a packed field of fixed64 or double. */
    void packed(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            add(reader.fixed64());
        }
        reader.leave(outer);
    }

    /** Reads a packed field of varints. */
    void packedVarints(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            add(reader.varint());
        }
        reader.leave(outer);
    }
}
