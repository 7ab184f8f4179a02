package io.lightvessel.collector.ebpf.symbols;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines such as {@code ffffffff81000000 T _stext} without making an object of each. */
final class KallsymsLines {
    private static final int LONGEST_LINE = 4096;
    private static final String CODE = "tTwW";

    private final AddressNames.Builder names;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private int seen;
    private boolean allZero = true;

    KallsymsLines(AddressNames.Builder names) {
        this.names = names;
    }

    void read(InputStream in) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
            for (int i = 0; i < n; i++) {
                if (chunk[i] == '\n') {
                    take();
                    length = 0;
                } else if (length < line.length) {
                    line[length++] = chunk[i];
                }
            }
        }
    }

    /** How many functions were listed. */
    int seen() {
        return seen;
    }

    /** Whether the kernel wrote zeroes for all addresses, as it does for those without the right to see them. */
    boolean allZero() {
        return allZero;
    }

    private void take() {
        long address = 0;
        int at = 0;
        while (at < length && Character.digit(line[at], 16) >= 0) {
            address = address << 4 | Character.digit(line[at++], 16);
        }
        if (at == 0 || at + 3 >= length || CODE.indexOf(line[at + 1]) < 0) {
            return;
        }
        seen++;
        if (address == 0) {
            return;
        }
        allZero = false;
        int from = at + 3;
        int end = from;
        // The name of a module follows after a tab.
        while (end < length && line[end] != '\t') {
            end++;
        }
        names.add(address, 0, line, from, end - from);
    }
}
