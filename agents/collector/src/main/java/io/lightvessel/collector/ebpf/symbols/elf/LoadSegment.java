package io.lightvessel.collector.ebpf.symbols.elf;

/** A stretch of a file that is mapped to be run. */
record LoadSegment(long offset, long address, long size) {

    boolean hasAddress(long at) {
        return at >= address && at - address < size;
    }

    /** Mappings begin at whole pages, so they show up to a page before the segment. */
    boolean hasOffset(long at) {
        return at >= (offset & -4096L) && at - offset < size;
    }
}
