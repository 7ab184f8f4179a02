package io.lightvessel.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What is needed of the first lines of an HTTP/1.1 message.
 *
 * @param status 0 for requests
 */
record HttpHead(int status, int contentLength) {

    /** Where the empty line ends; -1 when it has not come. */
    static int end(ByteBuffer bytes, int to) {
        for (int at = 0; at + 4 <= to; at++) {
            if (bytes.getInt(at) == 0x0D0A0D0A) {
                return at + 4;
            }
        }
        return -1;
    }

    static HttpHead of(ByteBuffer bytes, int end) throws IOException {
        StringBuilder text = new StringBuilder(end);
        for (int at = 0; at < end; at++) {
            text.append((char) bytes.get(at));
        }
        String[] lines = text.toString().split("\r\n", -1);
        int status = lines[0].startsWith("HTTP/") ? Integer.parseInt(lines[0].split(" ", 3)[1]) : 0;
        int length = 0;
        for (String line : lines) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException(line + " (expected: a content-length)");
            }
        }
        return new HttpHead(status, length);
    }
}
