package io.lightvessel.collector.filelog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for the ends of lines, eight bytes at a time. */
final class Newlines {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_NEWLINE = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long EACH_LOWEST_BIT = 0x0101_0101_0101_0101L;
    private static final long EACH_HIGHEST_BIT = 0x8080_8080_8080_8080L;

    private Newlines() {}

    /** Where the first newline is; {@code to} if there is none before it. */
    static int next(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long zeroWhereNewline = (long) EIGHT.get(bytes, at) ^ EACH_NEWLINE;
            // Borrows make wrong hits behind a right one only, and the first is what is looked for.
            long hits = zeroWhereNewline - EACH_LOWEST_BIT & ~zeroWhereNewline & EACH_HIGHEST_BIT;
            if (hits != 0) {
                return at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
