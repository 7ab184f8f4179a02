package io.lightvessel.collector.ebpf.symbols.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names of stretches of memory: twenty bytes for each besides its name. */
public final class AddressNames {
    /** What lies further behind a stretch without a size is something else that nobody named. */
    private static final long LARGEST_GAP = 1 << 20;

    private final long[] starts;
    private final int[] sizes;
    private final int[] nameEnds;
    private final byte[] names;
    private final int[] order;

    private AddressNames(long[] starts, int[] sizes, int[] order, int[] nameEnds, byte[] names) {
        this.starts = starts;
        this.sizes = sizes;
        this.order = order;
        this.nameEnds = nameEnds;
        this.names = names;
    }

    public int size() {
        return starts.length;
    }

    public long bytes() {
        return 20L * starts.length + names.length;
    }

    /** The name of the stretch that an address lies in, or null. */
    public @Nullable String at(long address) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(starts[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return null;
        }
        int size = sizes[high];
        long into = address - starts[high];
        boolean within = size == 0 ? high + 1 < starts.length && into < LARGEST_GAP : into < (size & 0xffff_ffffL);
        return within ? name(order[high]) : null;
    }

    private String name(int index) {
        int start = index == 0 ? 0 : nameEnds[index - 1];
        return new String(names, start, nameEnds[index] - start, StandardCharsets.UTF_8);
    }

    /** Takes names in any order; of several for the same address the one that came last stays. */
    public static final class Builder {
        private final int most;
        private long[] starts = new long[1024];
        private int[] sizes = new int[1024];
        private int[] nameEnds = new int[1024];
        private byte[] names = new byte[32 * 1024];
        private int count;

        /** @param most how many are taken; what comes later is left out */
        public Builder(int most) {
            this.most = most;
        }

        /** @param size 0 when the stretch reaches up to the next one */
        public void add(long start, long size, byte[] text, int from, int length) {
            int end = count == 0 ? 0 : nameEnds[count - 1];
            if (count == most || length > Integer.MAX_VALUE / 2 - end) {
                return;
            }
            if (count == starts.length) {
                int larger = Math.min(most, count * 2);
                starts = Arrays.copyOf(starts, larger);
                sizes = Arrays.copyOf(sizes, larger);
                nameEnds = Arrays.copyOf(nameEnds, larger);
            }
            if (end + length > names.length) {
                names = Arrays.copyOf(names, Math.max(end + length, names.length * 2));
            }
            System.arraycopy(text, from, names, end, length);
            starts[count] = start;
            sizes[count] = (int) Math.min(size, 0xffff_ffffL);
            nameEnds[count++] = end + length;
        }

        public AddressNames build() {
            int[] order = sorted();
            long[] sortedStarts = new long[count];
            int[] sortedSizes = new int[count];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int index = order[i];
                if (kept > 0 && sortedStarts[kept - 1] == starts[index]) {
                    kept--;
                }
                sortedStarts[kept] = starts[index];
                sortedSizes[kept] = sizes[index];
                order[kept++] = index;
            }
            int textEnd = count == 0 ? 0 : nameEnds[count - 1];
            return new AddressNames(
                    Arrays.copyOf(sortedStarts, kept),
                    Arrays.copyOf(sortedSizes, kept),
                    Arrays.copyOf(order, kept),
                    Arrays.copyOf(nameEnds, count),
                    Arrays.copyOf(names, textEnd));
        }

        /** A merge sort of numbers, which keeps the order of equal ones and makes no objects. */
        private int[] sorted() {
            int[] from = new int[count];
            for (int i = 0; i < count; i++) {
                from[i] = i;
            }
            int[] to = new int[count];
            for (int width = 1; width < count && width > 0; width *= 2) {
                for (int low = 0; low < count; low += 2 * width) {
                    merge(from, to, low, Math.min(low + width, count), Math.min(low + 2 * width, count));
                }
                int[] swapped = from;
                from = to;
                to = swapped;
            }
            return from;
        }

        private void merge(int[] from, int[] to, int low, int middle, int high) {
            int left = low;
            int right = middle;
            for (int at = low; at < high; at++) {
                boolean takeLeft = left < middle
                        && (right >= high || Long.compareUnsigned(starts[from[left]], starts[from[right]]) <= 0);
                to[at] = takeLeft ? from[left++] : from[right++];
            }
        }
    }
}
