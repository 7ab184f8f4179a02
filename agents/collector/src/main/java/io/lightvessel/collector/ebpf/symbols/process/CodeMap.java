package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.elf.FileKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The code in a process's memory, in the order of its addresses. */
final class CodeMap {
    static final CodeMap EMPTY = new CodeMap(List.of());
    private static final int LONGEST = 8 << 20;
    private static final int MOST = 16_384;
    private static final String DELETED = " (deleted)";

    private final List<CodeRange> ranges;

    private CodeMap(List<CodeRange> ranges) {
        this.ranges = ranges;
    }

    /** Looks at a file that is mapped. */
    interface FileLookup {

        /** @param range as the kernel names its link, {@code START-END} in hex without leading zeros, which maps have */
        @Nullable
        FileKey find(String range, String path);
    }

    static CodeMap read(ProcFs proc, int pid, FileLookup files) {
        return parse(proc.text(pid, "maps", LONGEST), files);
    }

    static CodeMap parse(String maps, FileLookup files) {
        List<CodeRange> ranges = new ArrayList<>();
        int at = 0;
        while (at < maps.length() && ranges.size() < MOST) {
            int end = maps.indexOf('\n', at);
            String line = maps.substring(at, end < 0 ? maps.length() : end);
            at = end < 0 ? maps.length() : end + 1;
            CodeRange range = range(line, files);
            // The kernel lists them in order; what is not would break the search.
            if (range != null
                    && (ranges.isEmpty() || range.start() >= ranges.getLast().end())) {
                ranges.add(range);
            }
        }
        return new CodeMap(List.copyOf(ranges));
    }

    Optional<CodeRange> find(long address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).start() <= address) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && address < ranges.get(high).end() ? Optional.of(ranges.get(high)) : Optional.empty();
    }

    List<CodeRange> ranges() {
        return ranges;
    }

    private static @Nullable CodeRange range(String line, FileLookup files) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        if (dash < 1 || space < dash || space + 5 > line.length() || line.charAt(space + 3) != 'x') {
            return null;
        }
        try {
            long start = Long.parseUnsignedLong(line, 0, dash, 16);
            long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
            String[] fields = line.substring(space + 1).split(" +", 5);
            if (start < 0 || end <= start || fields.length < 4) {
                // The page of old system calls lies beyond what addresses of processes can be.
                return null;
            }
            String path = fields.length < 5 ? "" : path(fields[4]);
            boolean file = path.startsWith("/") && !path.startsWith("//") && !fields[3].equals("0");
            return new CodeRange(
                    start,
                    end,
                    Long.parseUnsignedLong(fields[1], 16),
                    path,
                    file ? files.find(Long.toHexString(start) + "-" + Long.toHexString(end), path) : null);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String path(String shown) {
        String path = shown.endsWith(DELETED) ? shown.substring(0, shown.length() - DELETED.length()) : shown;
        return path.contains("\\012") ? path.replace("\\012", "?") : path;
    }
}
