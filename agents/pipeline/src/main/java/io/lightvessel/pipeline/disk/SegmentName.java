package io.lightvessel.pipeline.disk;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A segment's file name, which repeats what its header says so that a damaged header costs nothing: the first sequence
 * number and the mark of its records.
 */
record SegmentName(long first, int mark) {

    static final int HEADER_SIZE = 40;
    static final int VERSION = 1;
    private static final long MAGIC = 0x4c56_5155_4555_4500L; // "LVQUEUE" and a zero
    private static final Pattern PATTERN = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{8})\\.seg");

    static @Nullable SegmentName parse(String file) {
        Matcher matcher = PATTERN.matcher(file);
        if (!matcher.matches() || matcher.group(1).charAt(0) > '7') {
            return null;
        }
        return new SegmentName(
                HexFormat.fromHexDigitsToLong(matcher.group(1)), HexFormat.fromHexDigits(matcher.group(2)));
    }

    String file() {
        return HexFormat.of().toHexDigits(first) + "-" + HexFormat.of().toHexDigits(mark) + ".seg";
    }

    String summaryFile() {
        return file().replace(".seg", ".sum");
    }

    /** The header: magic, version, mark, first sequence, time of creation, checksum. */
    ByteBuffer header(long time) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE);
        header.putLong(MAGIC).putInt(VERSION).putInt(mark).putLong(first).putLong(time);
        header.putInt(Checksum.of(header, 0, 32));
        return header.clear();
    }

    /** The version an undamaged header names; 0 when the header is damaged or missing. */
    static int versionOf(ByteBuffer header) {
        boolean sound = header.limit() >= HEADER_SIZE
                && header.getLong(0) == MAGIC
                && header.getInt(32) == Checksum.of(header, 0, 32);
        return sound ? header.getInt(8) : 0;
    }
}
