package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.Mapping;
import io.lightvessel.collector.ebpf.symbols.elf.FileKey;
import org.jspecify.annotations.Nullable;

/** A stretch of a process's memory that may be run. */
final class CodeRange {
    private final long start;
    private final long end;
    private final long offset;
    private final String path;
    private final @Nullable FileKey file;
    private volatile @Nullable Mapping mapping;

    /**
     * @param path as the process sees it, a name in brackets, or empty for memory without a file
     * @param file null when it is none, or could not be looked at
     */
    CodeRange(long start, long end, long offset, String path, @Nullable FileKey file) {
        this.start = start;
        this.end = end;
        this.offset = offset;
        this.path = path;
        this.file = file;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    String path() {
        return path;
    }

    boolean isFile() {
        return path.startsWith("/") && !path.startsWith("//");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Nullable
    FileKey file() {
        return file;
    }

    long offsetOf(long address) {
        return address - start + offset;
    }

    /** What others get to see of it. */
    Mapping mapping(String buildId) {
        Mapping known = mapping;
        if (known == null) {
            String shown = path.isEmpty() ? "[anon]" : path;
            known = new Mapping(start, end, offset, shown, buildId.isEmpty() ? null : buildId);
            mapping = known;
        }
        return known;
    }
}
