package io.lightvessel.collector.ebpf.symbols.elf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a little-endian file; whatever reaches beyond them is {@link MalformedElf}. */
final class ElfBytes {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;

    ElfBytes(MemorySegment segment) {
        this.segment = segment;
    }

    long size() {
        return segment.byteSize();
    }

    int u8(long at) {
        check(at, 1);
        return segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    int u16(long at) {
        check(at, 2);
        return segment.get(SHORT, at) & 0xffff;
    }

    int i32(long at) {
        check(at, 4);
        return segment.get(INT, at);
    }

    long u32(long at) {
        return i32(at) & 0xffff_ffffL;
    }

    long i64(long at) {
        check(at, 8);
        return segment.get(LONG, at);
    }

    byte[] bytes(long at, int length) {
        check(at, length);
        return segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The text that ends at a zero; what is longer is cut, and what cannot be printed replaced. */
    String text(long at, int longest) {
        check(at, 1);
        int limit = (int) Math.min(longest, size() - at);
        int length = 0;
        while (length < limit && segment.get(ValueLayout.JAVA_BYTE, at + length) != 0) {
            length++;
        }
        String text = new String(bytes(at, length), StandardCharsets.UTF_8);
        return isPrintable(text) ? text : text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Whether a stretch lies within the file. */
    boolean holds(long at, long length) {
        return at >= 0 && length >= 0 && at <= size() && length <= size() - at;
    }

    void check(long at, long length) {
        if (!holds(at, length)) {
            throw new MalformedElf(
                    "offset " + Long.toUnsignedString(at) + ": beyond the end (expected: below " + size() + ")");
        }
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
