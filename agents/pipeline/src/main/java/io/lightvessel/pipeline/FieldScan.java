package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;

/**
 * Looks through messages that are as every serializer writes them at the speed of arrays, by copying them piece by piece.
 * It only ever says that a message is well-formed; of all else it says nothing, and a {@link WireReader} has to look.
 */
final class FieldScan {

    private static final int WINDOW = 32 << 10;

    private final ByteBuf source;
    private final int limit;
    private final byte[] bytes;
    private final boolean direct;
    private int loadedFrom;
    private int loadedTo;

    /** @param limit index behind the last byte there is */
    FieldScan(ByteBuf source, int from, int limit) {
        this.source = source;
        this.limit = limit;
        this.direct = source.hasArray();
        if (direct) {
            bytes = source.array();
            loadedFrom = -source.arrayOffset();
            loadedTo = limit;
        } else {
            bytes = new byte[Math.min(WINDOW, limit - from)];
            loadedFrom = from;
            loadedTo = from;
        }
    }

    /** Whether the message between two indices is one of the usual kind, and well-formed. */
    boolean isUsual(int from, int to) {
        if (!direct && (from < loadedFrom || to > loadedTo)) {
            if (to - from > bytes.length) {
                return false;
            }
            int size = Math.min(bytes.length, limit - from);
            source.getBytes(from, bytes, 0, size);
            loadedFrom = from;
            loadedTo = from + size;
        }
        return isUsual(bytes, from - loadedFrom, to - loadedFrom);
    }

    private static boolean isUsual(byte[] b, int from, int to) {
        int p = from;
        while (p < to) {
            int tag = b[p++];
            if (tag < 0) {
                if (p == to || b[p] <= 0) {
                    return false;
                }
                tag = tag & 0x7F | b[p++] << 7;
            } else if (tag < 8) {
                return false;
            }
            switch (tag & 7) {
                case WireReader.LENGTH_DELIMITED -> {
                    if (p == to) {
                        return false;
                    }
                    int length = b[p++];
                    if (length < 0) {
                        if (p == to || b[p] < 0) {
                            return false;
                        }
                        length = length & 0x7F | b[p++] << 7;
                    }
                    p += length;
                }
                case WireReader.VARINT -> {
                    int last = Math.min(to, p + 10);
                    while (p < last && b[p] < 0) {
                        p++;
                    }
                    if (p == last) {
                        return false;
                    }
                    p++;
                }
                case WireReader.FIXED64 -> p += 8;
                case WireReader.FIXED32 -> p += 4;
                default -> {
                    return false;
                }
            }
            if (p > to) {
                return false;
            }
        }
        return true;
    }
}
