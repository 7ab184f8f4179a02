package io.lightvessel.collector.ebpf.symbols.jvm;

import io.lightvessel.collector.ebpf.symbols.table.AddressNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads files with lines such as {@code 7f1c2000 40 LazyCompile:main}: start, length and name of code. */
final class PerfMap {
    /** Such files only grow as a rule, and what was written last holds. */
    private static final int LONGEST = 16 << 20;

    private static final int MOST = 300_000;
    private static final int LONGEST_NAME = 512;

    private PerfMap() {}

    /** Links are not followed, since the file lies where others can write. */
    static AddressNames read(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException(file + ": no plain file");
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long skipped = Math.max(0, channel.size() - LONGEST);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - skipped));
            channel.position(skipped);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // Reads until the buffer is full or the file ends.
            }
            return parse(bytes.array(), bytes.position(), skipped > 0);
        }
    }

    /** @param cut whether the first line lacks its beginning */
    static AddressNames parse(byte[] text, int length, boolean cut) {
        AddressNames.Builder names = new AddressNames.Builder(MOST);
        int at = 0;
        boolean skip = cut;
        while (at < length) {
            int end = at;
            while (end < length && text[end] != '\n') {
                end++;
            }
            // A last line without an end is still being written.
            if (!skip && end < length) {
                line(text, at, end, names);
            }
            skip = false;
            at = end + 1;
        }
        return names.build();
    }

    private static void line(byte[] text, int from, int end, AddressNames.Builder names) {
        int startEnd = space(text, from, end);
        int sizeEnd = space(text, startEnd + 1, end);
        if (sizeEnd + 1 >= end) {
            return;
        }
        long start = hex(text, from, startEnd);
        long size = hex(text, startEnd + 1, sizeEnd);
        if (start > 0 && size > 0) {
            names.add(start, size, text, sizeEnd + 1, Math.min(LONGEST_NAME, end - sizeEnd - 1));
        }
    }

    private static int space(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != ' ') {
            at++;
        }
        return at;
    }

    /** -1 when it is no number; some write {@code 0x} before it. */
    private static long hex(byte[] text, int from, int end) {
        int first = end - from > 2 && text[from] == '0' && text[from + 1] == 'x' ? from + 2 : from;
        if (first >= end || end - first > 16) {
            return -1;
        }
        long value = 0;
        for (int i = first; i < end; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
