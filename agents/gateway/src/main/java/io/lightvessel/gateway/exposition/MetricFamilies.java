package io.lightvessel.gateway.exposition;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers families by the bytes they were read from, for all targets together: a thousand node exporters say the same.
 * It has a fixed number of places; families that want the same place take turns, which costs time and nothing else.
 */
final class MetricFamilies {
    private static final int PLACES = 1 << 13;
    /** Longer ones are made anew each time: what a hostile target says must not stay. */
    private static final int LONGEST = 1024;

    static final MetricFamilies SHARED = new MetricFamilies();

    private record Known(byte[] bytes, int hash, MetricFamily family) {}

    private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

    @Nullable
    MetricFamily find(byte[] bytes, int length) {
        int hash = hash(bytes, length);
        Known known = places.get(place(hash));
        return known != null
                        && known.hash == hash
                        && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, 0, length)
                ? known.family
                : null;
    }

    void remember(byte[] bytes, int length, MetricFamily family) {
        if (length <= LONGEST) {
            int hash = hash(bytes, length);
            places.set(place(hash), new Known(Arrays.copyOf(bytes, length), hash, family));
        }
    }

    private static int place(int hash) {
        return (hash ^ hash >>> 15) & PLACES - 1;
    }

    private static int hash(byte[] bytes, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }
}
