package io.lightvessel.collector.ebpf.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lists of CPUs as the kernel writes them, such as {@code 0-3,6}. */
final class CpuList {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
    private static final int MOST = 1 << 16;

    private CpuList() {}

    static SortedSet<Integer> online() throws SourceFailure {
        try {
            return parse(Files.readString(ONLINE));
        } catch (IOException e) {
            throw new SourceFailure(ONLINE + " cannot be read: " + e, e);
        }
    }

    static SortedSet<Integer> parse(String list) throws SourceFailure {
        SortedSet<Integer> cpus = new TreeSet<>();
        for (String part : list.strip().split(",")) {
            int dash = part.indexOf('-');
            try {
                int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
                if (first < 0 || last < first || last > MOST) {
                    throw new NumberFormatException();
                }
                for (int cpu = first; cpu <= last; cpu++) {
                    cpus.add(cpu);
                }
            } catch (NumberFormatException e) {
                throw new SourceFailure("CPUs online: '" + list.strip() + "' (expected: numbers and ranges)", e);
            }
        }
        return cpus;
    }
}
