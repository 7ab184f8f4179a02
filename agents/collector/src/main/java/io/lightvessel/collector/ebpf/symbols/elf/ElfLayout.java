package io.lightvessel.collector.ebpf.symbols.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where things lie in an ELF file.
 *
 * @param buildId in hex, empty without one
 */
record ElfLayout(List<LoadSegment> executable, List<Section> sections, String buildId) {
    private static final int MAGIC = 0x464c457f;
    private static final int MOST_SEGMENTS = 1024;
    private static final int MOST_SECTIONS = 65_536;
    private static final int LONGEST_SECTION_NAME = 64;
    private static final int LOAD = 1;
    private static final int NOTE = 4;
    private static final int EXECUTABLE = 1;

    static ElfLayout read(ElfBytes file) {
        if (file.size() < 64 || file.i32(0) != MAGIC) {
            throw new MalformedElf("not an ELF file");
        }
        int width = file.u8(4);
        if (width != 2) {
            throw new MalformedElf((width == 1 ? "32-bit" : "width " + width) + " ELF file (expected: 64-bit)");
        }
        if (file.u8(5) != 1) {
            throw new MalformedElf("big-endian ELF file (expected: little-endian)");
        }
        List<LoadSegment> executable = new ArrayList<>();
        String buildId = "";
        int segments = file.u16(56);
        if (segments > MOST_SEGMENTS) {
            throw new MalformedElf("segments: " + segments + " (expected: at most " + MOST_SEGMENTS + ")");
        }
        for (int i = 0; i < segments; i++) {
            long at = file.i64(32) + (long) i * file.u16(54);
            int type = file.i32(at);
            if (type == LOAD && (file.i32(at + 4) & EXECUTABLE) != 0) {
                executable.add(segment(file, at));
            } else if (type == NOTE && buildId.isEmpty()) {
                buildId = BuildId.find(file, file.i64(at + 8), file.i64(at + 32));
            }
        }
        return new ElfLayout(List.copyOf(executable), sections(file), buildId);
    }

    Optional<Section> section(int type) {
        return sections.stream().filter(section -> section.type() == type).findFirst();
    }

    Optional<Section> section(String name) {
        return sections.stream()
                .filter(section -> section.name().equals(name) && section.hasBytes())
                .findFirst();
    }

    /** Where in the file the code of an address lies, or -1 when it is no code. */
    long offsetOf(long address) {
        for (LoadSegment segment : executable) {
            if (segment.hasAddress(address)) {
                return address - segment.address() + segment.offset();
            }
        }
        return -1;
    }

    /** The address, as the file counts, of code that lies at an offset, or -1 when none does. */
    long addressOf(long offset) {
        for (LoadSegment segment : executable) {
            if (segment.hasOffset(offset)) {
                return offset - segment.offset() + segment.address();
            }
        }
        return -1;
    }

    private static LoadSegment segment(ElfBytes file, long at) {
        return new LoadSegment(file.i64(at + 8), file.i64(at + 16), file.i64(at + 32));
    }

    private static List<Section> sections(ElfBytes file) {
        long table = file.i64(40);
        if (table == 0) {
            return List.of();
        }
        int width = file.u16(58);
        // More sections than 16 bits can count are counted in the first one.
        long count = file.u16(60) == 0 ? file.i64(table + 32) : file.u16(60);
        long names = file.u16(62) == 0xffff ? file.u32(table + 40) : file.u16(62);
        if (count < 0 || count > MOST_SECTIONS || width < 64 || names >= count) {
            throw new MalformedElf("sections: " + count + " of " + width + " bytes, names in " + names
                    + " (expected: at most " + MOST_SECTIONS + " of 64)");
        }
        file.check(table, count * width);
        long nameTable = file.i64(table + names * width + 24);
        List<Section> sections = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * width;
            long name = nameTable + file.u32(at);
            sections.add(new Section(
                    file.holds(name, 1) ? file.text(name, LONGEST_SECTION_NAME) : "",
                    file.i32(at + 4),
                    file.i64(at + 16),
                    file.i64(at + 24),
                    file.i64(at + 32),
                    file.i32(at + 40)));
        }
        return List.copyOf(sections);
    }
}
