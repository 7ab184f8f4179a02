package io.lightvessel.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * The sequences a payload is part of: one for each target or log that something in it comes from. Exporters that keep
 * order send payloads that share a sequence one after another, in the order they came, and others side by side.
 */
public final class Order {
    /** Of everything that is part of none. */
    public static final Order NONE = new Order();

    private final long[] sequences;

    /** @param sequences ascending, each once */
    private Order(long... sequences) {
        this.sequences = sequences;
    }

    /** That of one sequence; of none for 0. */
    public static Order of(long sequence) {
        return sequence == 0 ? NONE : new Order(sequence);
    }

    /** That of something with a name; the same in every process. */
    public static Order named(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new Order(hash == 0 ? 1 : hash);
    }

    /** That of several sequences. */
    public static Order ofAll(long... sequences) {
        return sequences.length == 0
                ? NONE
                : new Order(Arrays.stream(sequences).sorted().distinct().toArray());
    }

    /** That of payloads put together. */
    static Order ofAll(List<Payload> parts) {
        Order first = parts.getFirst().order();
        for (Payload part : parts) {
            if (!part.order().equals(first)) {
                return ofAll(parts.stream()
                        .flatMapToLong(each -> Arrays.stream(each.order().sequences))
                        .toArray());
            }
        }
        return first;
    }

    public boolean isNone() {
        return sequences.length == 0;
    }

    /** Each once. */
    public long[] sequences() {
        return sequences.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Order order && Arrays.equals(sequences, order.sequences);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sequences);
    }

    @Override
    public String toString() {
        return Arrays.toString(sequences);
    }
}
