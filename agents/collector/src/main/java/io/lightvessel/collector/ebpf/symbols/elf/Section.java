package io.lightvessel.collector.ebpf.symbols.elf;

/**
 * A stretch of an ELF file.
 *
 * @param link the number of the section that goes with this one, such as the names of a table of symbols
 */
record Section(String name, int type, long address, long offset, long size, int link) {
    static final int SYMBOLS = 2;
    static final int NO_BITS = 8;
    static final int DYNAMIC_SYMBOLS = 11;

    /** A separate file of debug information keeps the headers of sections whose bytes it lacks. */
    boolean hasBytes() {
        return type != NO_BITS;
    }
}
