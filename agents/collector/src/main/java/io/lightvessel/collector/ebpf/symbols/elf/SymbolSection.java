package io.lightvessel.collector.ebpf.symbols.elf;

/** Reads the functions out of a table of symbols. */
final class SymbolSection {
    private static final int ENTRY = 24;
    private static final int FUNCTION = 2;
    private static final int INDIRECT_FUNCTION = 10;
    private static final int NO_TYPE = 0;
    private static final int GLOBAL = 1;

    private SymbolSection() {}

    /**
     * @param file what holds the table, which may be a separate file of debug information
     * @param code the layout of the file that is run
     */
    static SymbolTable read(ElfBytes file, ElfLayout layout, Section table, ElfLayout code) {
        if (table.link() < 0 || table.link() >= layout.sections().size()) {
            throw new MalformedElf("symbols: names in section " + table.link() + " (expected: below "
                    + layout.sections().size() + ")");
        }
        Section names = layout.sections().get(table.link());
        file.check(table.offset(), table.size());
        file.check(names.offset(), names.size());
        SymbolTable.Builder functions = new SymbolTable.Builder();
        for (long at = table.offset();
                at + ENTRY <= table.offset() + table.size() && !functions.isFull();
                at += ENTRY) {
            int info = file.u8(at + 4);
            int type = info & 15;
            if (file.u16(at + 6) == 0 || type != FUNCTION && type != INDIRECT_FUNCTION && type != NO_TYPE) {
                continue;
            }
            long name = file.u32(at);
            long offset = code.offsetOf(file.i64(at + 8));
            if (name != 0 && name < names.size() && offset >= 0) {
                functions.add(offset, file.i64(at + 16), names.offset() + name, rank(info));
            }
        }
        return functions.build(file);
    }

    /** Labels in assembler have no type and are a last resort; of several names, the one that others see is better known. */
    private static int rank(int info) {
        if ((info & 15) == NO_TYPE) {
            return 0;
        }
        return info >> 4 == GLOBAL ? 2 : 1;
    }
}
