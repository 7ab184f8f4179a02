package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by the bytes they were made of, for producers repeat themselves. Looking up allocates nothing;
 * entries may be overwritten by others at any time, so it never grows. Entries and keys are bounded.
 */
public final class ByteKeyedCache<V> {

    private static final int WAYS = 4;

    private record Entry<V>(long hash, byte[] key, V value) {}

    private final AtomicReferenceArray<@Nullable Entry<V>> slots;
    private final int mask;
    private final int longestKey;

    /**
     * @param entries most entries; rounded up to a power of two
     * @param longestKey bytes of the longest key remembered
     */
    public ByteKeyedCache(int entries, int longestKey) {
        int size = Integer.highestOneBit(Math.max(WAYS, entries - 1)) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.longestKey = longestKey;
    }

    /** Null when these bytes are not, or no longer, known. */
    public @Nullable V find(ByteBuf bytes, int from, int to) {
        if (to - from > longestKey) {
            return null;
        }
        long hash = hash(bytes, from, to);
        int slot = slotOf(hash);
        for (int way = 0; way < WAYS; way++) {
            Entry<V> entry = slots.get((slot + way) & mask);
            if (entry != null && entry.hash == hash && isEqual(entry.key, bytes, from, to)) {
                return entry.value;
            }
        }
        return null;
    }

    public void put(ByteBuf bytes, int from, int to, V value) {
        if (to - from > longestKey) {
            return;
        }
        long hash = hash(bytes, from, to);
        byte[] key = new byte[to - from];
        bytes.getBytes(from, key);
        int slot = slotOf(hash);
        int target = (slot + (int) (hash >>> 62)) & mask;
        for (int way = 0; way < WAYS; way++) {
            if (slots.get((slot + way) & mask) == null) {
                target = (slot + way) & mask;
                break;
            }
        }
        slots.set(target, new Entry<>(hash, key, value));
    }

    private int slotOf(long hash) {
        return (int) (hash ^ hash >>> 32) & mask & -WAYS;
    }

    private static boolean isEqual(byte[] key, ByteBuf bytes, int from, int to) {
        if (key.length != to - from) {
            return false;
        }
        int i = 0;
        for (; i + 8 <= key.length; i += 8) {
            if (longOf(key, i) != bytes.getLongLE(from + i)) {
                return false;
            }
        }
        for (; i < key.length; i++) {
            if (key[i] != bytes.getByte(from + i)) {
                return false;
            }
        }
        return true;
    }

    private static long hash(ByteBuf bytes, int from, int to) {
        long hash = 0x9E3779B97F4A7C15L ^ to - from;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            hash = mix(hash ^ bytes.getLongLE(i));
        }
        for (; i < to; i++) {
            hash = mix(hash ^ bytes.getByte(i));
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = value * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 29;
        mixed *= 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 32;
    }

    private static long longOf(byte[] bytes, int at) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
