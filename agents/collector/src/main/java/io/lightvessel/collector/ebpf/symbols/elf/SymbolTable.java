package io.lightvessel.collector.ebpf.symbols.elf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The functions of a file by where their code lies in it: twelve bytes for each, and the names stay in the file. */
final class SymbolTable {
    private static final int LONGEST_NAME = 4096;
    /** A function can lie within another, as parts that are rarely run do. */
    private static final int NESTING = 4;

    private final ElfBytes names;
    private final int[] starts;
    private final int[] sizes;
    private final int[] nameOffsets;
    private final ShownNames shown = new ShownNames();

    SymbolTable(ElfBytes names, int[] starts, int[] sizes, int[] nameOffsets) {
        this.names = names;
        this.starts = starts;
        this.sizes = sizes;
        this.nameOffsets = nameOffsets;
    }

    int size() {
        return starts.length;
    }

    long bytes() {
        return 12L * starts.length + shown.bytes();
    }

    /** The function whose code lies at an offset in the file, as people write it. */
    @Nullable
    String nameAt(long offset) {
        if (offset < 0 || offset > 0xffff_ffffL) {
            return null;
        }
        int before = floor((int) offset);
        for (int i = before; i >= 0 && i > before - NESTING; i--) {
            long into = offset - (starts[i] & 0xffff_ffffL);
            // What was written in assembler often has no size and reaches up to the next.
            if (into < (sizes[i] & 0xffff_ffffL) || sizes[i] == 0 && i == before) {
                String kept = shown.kept(i);
                return kept != null ? kept : shown.of(i, names.text(nameOffsets[i] & 0xffff_ffffL, LONGEST_NAME));
            }
        }
        return null;
    }

    private int floor(int offset) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(starts[middle], offset) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Collects functions in any order. */
    static final class Builder {
        /** The largest programs have some hundred thousand. */
        static final int MOST = 1 << 20;

        private long[] keys = new long[256];
        private int[] sizes = new int[256];
        private int[] names = new int[256];
        private byte[] ranks = new byte[256];
        private int count;

        boolean isFull() {
            return count == MOST;
        }

        /** @param rank which name is taken of several for the same code: the highest */
        void add(long start, long size, long name, int rank) {
            if (isFull() || start < 0 || start > 0xffff_ffffL || name < 0 || name > 0xffff_ffffL) {
                return;
            }
            if (count == sizes.length) {
                int larger = count * 2;
                keys = Arrays.copyOf(keys, larger);
                sizes = Arrays.copyOf(sizes, larger);
                names = Arrays.copyOf(names, larger);
                ranks = Arrays.copyOf(ranks, larger);
            }
            // Sorting the numbers sorts the functions, and the lower bits say which one it is.
            keys[count] = start << 24 | count;
            sizes[count] = (int) Math.min(size, 0xffff_ffffL);
            names[count] = (int) name;
            ranks[count++] = (byte) rank;
        }

        SymbolTable build(ElfBytes text) {
            Arrays.sort(keys, 0, count);
            int[] starts = new int[count];
            int[] sortedSizes = new int[count];
            int[] sortedNames = new int[count];
            int kept = 0;
            int keptRank = 0;
            for (int i = 0; i < count; i++) {
                int index = (int) keys[i] & 0xff_ffff;
                int start = (int) (keys[i] >>> 24);
                boolean same = kept > 0 && starts[kept - 1] == start;
                if (same && ranks[index] <= keptRank) {
                    continue;
                }
                int at = same ? kept - 1 : kept++;
                starts[at] = start;
                sortedSizes[at] = sizes[index];
                sortedNames[at] = names[index];
                keptRank = ranks[index];
            }
            return new SymbolTable(
                    text,
                    Arrays.copyOf(starts, kept),
                    Arrays.copyOf(sortedSizes, kept),
                    Arrays.copyOf(sortedNames, kept));
        }
    }
}
