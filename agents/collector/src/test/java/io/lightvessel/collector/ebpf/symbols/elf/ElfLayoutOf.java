package io.lightvessel.collector.ebpf.symbols.elf;

import java.nio.file.Path;
import java.util.List;

/** Where readelf says that code lies. */
record ElfLayoutOf(List<LoadSegment> code) {

    static ElfLayoutOf read(Path program) {
        return new ElfLayoutOf(Programs.run("readelf", "-lW", program.toString()).stream()
                .filter(line -> line.trim().startsWith("LOAD") && line.contains(" R E "))
                .map(line -> line.trim().split("\\s+"))
                .map(parts -> new LoadSegment(Long.decode(parts[1]), Long.decode(parts[2]), Long.decode(parts[4])))
                .toList());
    }

    /** Where in the file an address lies, or -1 when no code does. */
    long offset(long address) {
        for (LoadSegment segment : code) {
            if (address >= segment.address() && address < segment.address() + segment.size()) {
                return address - segment.address() + segment.offset();
            }
        }
        return -1;
    }
}
