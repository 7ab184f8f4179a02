package io.lightvessel.gateway.scrape.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * 128 bits that stand for some bytes (MurmurHash3, x64), seeded, so that no target can know texts that collide. Reused,
 * not shared.
 */
final class SeriesKey {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87C3_7B91_1142_53D5L;
    private static final long C2 = 0x4CF5_AD43_2745_937FL;

    private static final long SEED = new SecureRandom().nextLong();

    long high;
    long low;

    void of(byte[] bytes, int from, int to) {
        long h1 = SEED;
        long h2 = SEED;
        int at = from;
        for (; to - at >= 16; at += 16) {
            h1 ^= mix1((long) LONG.get(bytes, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52DC_E729;
            h2 ^= mix2((long) LONG.get(bytes, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x3849_5AB5;
        }
        int rest = to - at;
        if (rest > 8) {
            h2 ^= mix2(tail(bytes, at + 8, rest - 8));
        }
        if (rest > 0) {
            h1 ^= mix1(tail(bytes, at, Math.min(rest, 8)));
        }
        int length = to - from;
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        high = h1;
        low = h2 + h1;
    }

    private static long tail(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long value) {
        long k = value;
        k ^= k >>> 33;
        k *= 0xFF51_AFD7_ED55_8CCDL;
        k ^= k >>> 33;
        k *= 0xC4CE_B9FE_1A85_EC53L;
        k ^= k >>> 33;
        return k;
    }
}
