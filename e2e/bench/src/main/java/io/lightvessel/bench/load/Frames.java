package io.lightvessel.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What is needed of HTTP/2's wire format (RFC 9113) to make and read frames by hand. */
final class Frames {

    static final int HEADER = 9;
    /** What every peer must take, and what gRPC libraries write. */
    static final int LARGEST_DATA = 16_384;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 0x20;

    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;
    static final int DEFAULT_WINDOW = 65_535;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    static void header(ByteBuffer out, int length, int type, int flags, int stream) {
        out.put((byte) (length >>> 16))
                .putShort((short) length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream);
    }

    static void setting(ByteBuffer out, int id, int value) {
        out.putShort((short) id).putInt(value);
    }

    static void windowUpdate(ByteBuffer out, int stream, int more) {
        header(out, 4, WINDOW_UPDATE, 0, stream);
        out.putInt(more);
    }

    /** A header as HPACK's literal without indexing (RFC 7541, 6.2.2), which needs no state on either side. */
    static void literal(ByteBuffer out, String name, String value) {
        out.put((byte) 0);
        text(out, name);
        text(out, value);
    }

    private static void text(ByteBuffer out, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        if (ascii.length < 127) {
            out.put((byte) ascii.length);
        } else {
            out.put((byte) 127);
            int rest = ascii.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                out.put((byte) (rest | 128));
            }
            out.put((byte) rest);
        }
        out.put(ascii);
    }
}
