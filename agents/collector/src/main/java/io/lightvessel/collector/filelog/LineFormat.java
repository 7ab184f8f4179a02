package io.lightvessel.collector.filelog;

import java.util.Arrays;

/** How a file's lines are written. A line that is not written so is passed on as it is: losing it would be worse. */
enum LineFormat {
    PLAIN {
        @Override
        void read(byte[] bytes, int from, int length, LogLine line) {
            boolean carriageReturn = length > 0 && bytes[from + length - 1] == '\r';
            line.plain(bytes, from, carriageReturn ? length - 1 : length);
        }
    },
    CRI {
        @Override
        void read(byte[] bytes, int from, int length, LogLine line) {
            if (!readCri(bytes, from, length, line)) {
                line.plain(bytes, from, length);
            }
        }
    },
    DOCKER {
        @Override
        void read(byte[] bytes, int from, int length, LogLine line) {
            if (!DockerLine.read(bytes, from, length, line)) {
                line.plain(bytes, from, length);
            }
        }
    },
    /** Docker's when it begins like JSON, CRI's otherwise. */
    AUTO {
        @Override
        void read(byte[] bytes, int from, int length, LogLine line) {
            (length > 0 && bytes[from] == '{' ? DOCKER : CRI).read(bytes, from, length, line);
        }
    };

    private static final byte[] STDOUT = {'s', 't', 'd', 'o', 'u', 't'};
    private static final byte[] STDERR = {'s', 't', 'd', 'e', 'r', 'r'};

    abstract void read(byte[] bytes, int from, int length, LogLine line);

    static LineFormat ofSetting(String format) {
        return switch (format) {
            case "containerd", "crio" -> CRI;
            case "docker" -> DOCKER;
            default -> AUTO;
        };
    }

    /** Reads {@code 2026-11-23T12:00:00.123456789Z stdout F text}; tags after a colon are reserved by CRI. */
    private static boolean readCri(byte[] bytes, int from, int length, LogLine line) {
        int end = from + length;
        int timeEnd = space(bytes, from, end);
        int streamEnd = space(bytes, timeEnd + 1, end);
        int tagFrom = streamEnd + 1;
        if (timeEnd == end || streamEnd >= end || tagFrom >= end) {
            return false;
        }
        int tagEnd = space(bytes, tagFrom, end);
        byte tag = bytes[tagFrom];
        boolean single = tagEnd == tagFrom + 1 || bytes[tagFrom + 1] == ':';
        if (!single || (tag != 'F' && tag != 'P')) {
            return false;
        }
        long time = Rfc3339.nanos(bytes, from, timeEnd);
        String stream = stream(bytes, timeEnd + 1, streamEnd);
        if (time == Rfc3339.INVALID || stream.isEmpty()) {
            return false;
        }
        line.timeUnixNano = time;
        line.stream = stream;
        line.partial = tag == 'P';
        // A line whose text is empty may end with its tag.
        int text = Math.min(tagEnd + 1, end);
        line.text(bytes, text, end - text);
        return true;
    }

    private static String stream(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, STDOUT, 0, STDOUT.length)) {
            return "stdout";
        }
        return Arrays.equals(bytes, from, to, STDERR, 0, STDERR.length) ? "stderr" : "";
    }

    /** Index of the next space, or the end. */
    private static int space(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != ' ') {
            i++;
        }
        return Math.min(i, end);
    }
}
