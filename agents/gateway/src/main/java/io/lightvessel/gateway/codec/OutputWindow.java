package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;
import java.util.zip.Checksum;

/** The last 32 KiB of a stream and what was unpacked since, until the output takes it. */
final class OutputWindow {
    /** A copy may run over the end by this much, since it goes in steps of eight bytes. */
    private static final int SLACK = 8;

    static final int END = 4 * DeflateFormat.WINDOW;

    final byte[] bytes = new byte[END + SLACK];
    int position;
    /** The first byte a match may refer to. */
    int low;

    private int drained;
    private int summed;
    private long length;

    void clear() {
        position = 0;
        drained = 0;
        begin();
    }

    /** From here on a new stream, with its own length and checksum: matches may not reach back further. */
    void begin() {
        low = position;
        summed = position;
        length = 0;
    }

    boolean isFull() {
        return position == END;
    }

    /** Bytes since the beginning of the stream, as far as they are summed. */
    long length() {
        return length;
    }

    /** Adds what was unpacked since the last call to the stream's checksum and length. */
    void sum(Checksum checksum) {
        checksum.update(bytes, summed, position - summed);
        length += position - summed;
        summed = position;
    }

    /** Hands over what the output has room for; true if that was all. */
    boolean drain(ByteBuf output) {
        int most = Math.min(position - drained, output.writableBytes());
        output.writeBytes(bytes, drained, most);
        drained += most;
        return drained == position;
    }

    /** Makes room in a full window; everything has to be drained and summed. */
    void slide() {
        int moved = END - DeflateFormat.WINDOW;
        System.arraycopy(bytes, moved, bytes, 0, DeflateFormat.WINDOW);
        position -= moved;
        drained -= moved;
        summed -= moved;
        low = Math.max(0, low - moved);
    }
}
