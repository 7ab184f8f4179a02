package io.lightvessel.collector.ebpf.symbols.elf;

import java.util.HexFormat;

/** The number that the linker gave a program, from the notes in it. */
final class BuildId {
    private static final int GNU_BUILD_ID = 3;
    private static final int GNU = 0x00554e47;
    private static final int LONGEST_NOTES = 64 * 1024;
    private static final int LONGEST_ID = 64;

    private BuildId() {}

    static String find(ElfBytes file, long offset, long size) {
        if (size > LONGEST_NOTES || !file.holds(offset, size)) {
            return "";
        }
        long at = offset;
        long end = offset + size;
        while (at + 12 <= end) {
            long nameSize = file.u32(at);
            long idSize = file.u32(at + 4);
            long id = at + 12 + padded(nameSize);
            if (id + idSize > end) {
                return "";
            }
            boolean gnu = nameSize == 4 && file.i32(at + 12) == GNU;
            if (gnu && file.i32(at + 8) == GNU_BUILD_ID && idSize >= 2 && idSize <= LONGEST_ID) {
                return HexFormat.of().formatHex(file.bytes(id, (int) idSize));
            }
            at = id + padded(idSize);
        }
        return "";
    }

    private static long padded(long size) {
        return (size + 3) & ~3L;
    }
}
