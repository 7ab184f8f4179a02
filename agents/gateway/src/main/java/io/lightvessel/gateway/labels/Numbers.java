package io.lightvessel.gateway.labels;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import java.util.Arrays;

/** A growing list of 64-bit numbers without boxes. */
public final class Numbers {
    private long[] numbers = new long[64];
    private int size;

    public int size() {
        return size;
    }

    public long get(int index) {
        return numbers[index];
    }

    public void clear() {
        size = 0;
    }

    public void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    /** Reads a packed field of fixed64 or double. */
    public void packed(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            add(reader.fixed64());
        }
        reader.leave(outer);
    }

    /** Reads a packed field of varints. */
    public void packedVarints(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            add(reader.varint());
        }
        reader.leave(outer);
    }
}
