package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request as it becomes: runs of the original's bytes with new bytes between them. Nothing is written before the
 * first change; then the headers of the messages around it are, with lengths that are corrected when they end.
 */
final class Output {

    private static final int DEEPEST = 8;
    private static final int PIECE = 16 << 10;

    private final Frame[] frames = new Frame[DEEPEST];
    private final byte[] piece = new byte[PIECE];
    private int depth;
    private int written;
    private int copiedTo;
    private ByteBuf in = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private @Nullable ByteBuf out;

    Output() {
        for (int i = 0; i < DEEPEST; i++) {
            frames[i] = new Frame();
        }
    }

    void open(ByteBuf request) {
        in = request;
        out = null;
        copiedTo = request.readerIndex();
        depth = 0;
        written = 0;
    }

    /** The changed request, whose reference is the caller's; null when nothing was changed. */
    @Nullable
    ByteBuf close() {
        ByteBuf made = out;
        if (made != null) {
            copy(in.writerIndex());
        }
        in = io.netty.buffer.Unpooled.EMPTY_BUFFER;
        out = null;
        return made;
    }

    void abort() {
        if (out != null) {
            out.release();
        }
        in = io.netty.buffer.Unpooled.EMPTY_BUFFER;
        out = null;
    }

    Frame enter(int tagAt, int lengthAt, int from, int to) {
        Frame frame = frames[depth++];
        frame.open(tagAt, lengthAt, from, to);
        return frame;
    }

    /** Ends the innermost message; returns whether it is still there. */
    boolean leave() {
        Frame frame = frames[depth - 1];
        if (!frame.isEmptied()) {
            leaveEvenIfEmptied();
            return true;
        }
        depth--;
        written = depth;
        made().writerIndex(frame.outTag);
        copiedTo = frame.to;
        return false;
    }

    /** Ends the innermost message, which stays whatever was dropped in it. */
    void leaveEvenIfEmptied() {
        Frame frame = frames[--depth];
        if (written > depth) {
            written = depth;
            copy(frame.to);
            correctLength(made(), frame);
        }
    }

    /** Leaves out what is between two positions. */
    void omit(int from, int to) {
        begin();
        copy(from);
        copiedTo = to;
    }

    /** Puts a field in the place of what is between two positions; its bytes in the arena end the field. */
    void replace(int from, int to, int tag, Arena content) {
        begin();
        copy(from);
        copiedTo = to;
        ByteBuf made = made();
        int size = content.size();
        made.ensureWritable(size + 10);
        WireWriter.writeFieldHeader(made, tag, size);
        made.writeBytes(content.array(), 0, size);
    }

    /**
     * Replaces what a message begins with.
     *
     * @param prefix bytes of the original that it began with
     * @param outPrefix bytes in the output that stand for them now
     */
    void replacePrefix(Frame frame, int prefix, int outPrefix, Arena content) {
        begin();
        ByteBuf made = made();
        if (copiedTo < frame.from + prefix) {
            made.writeBytes(content.array(), 0, content.size());
            copiedTo = frame.from + prefix;
            return;
        }
        int delta = content.size() - outPrefix;
        move(made, frame.outFrom + outPrefix, delta);
        made.setBytes(frame.outFrom, content.array(), 0, content.size());
    }

    /** Writes the headers of all messages that are open and of which nothing was written yet. */
    private void begin() {
        if (out == null) {
            int size = in.readableBytes();
            out = ByteBufAllocator.DEFAULT.directBuffer(size + (size >> 3) + 256);
        }
        while (written < depth) {
            Frame frame = frames[written++];
            copy(frame.from);
            ByteBuf made = made();
            frame.outFrom = made.writerIndex();
            frame.outLength = frame.outFrom - (frame.from - frame.lengthAt);
            frame.outTag = frame.outFrom - (frame.from - frame.tagAt);
        }
    }

    private void copy(int to) {
        if (to > copiedTo) {
            made().writeBytes(in, copiedTo, to - copiedTo);
            copiedTo = to;
        }
    }

    private void correctLength(ByteBuf made, Frame frame) {
        int length = made.writerIndex() - frame.outFrom;
        if (length == frame.to - frame.from) {
            return;
        }
        int delta = Wire.sizeOfVarint(length) - (frame.outFrom - frame.outLength);
        move(made, frame.outFrom, delta);
        int size = Wire.putVarint(piece, 0, length);
        made.setBytes(frame.outLength, piece, 0, size);
    }

    /** Moves all from an index on, by pieces, since buffers do not promise to copy onto themselves. */
    private void move(ByteBuf made, int from, int delta) {
        int to = made.writerIndex();
        if (delta > 0) {
            made.writeZero(delta);
            for (int end = to; end > from; end -= PIECE) {
                int begin = Math.max(from, end - PIECE);
                made.getBytes(begin, piece, 0, end - begin);
                made.setBytes(begin + delta, piece, 0, end - begin);
            }
        } else if (delta < 0) {
            for (int begin = from; begin < to; begin += PIECE) {
                int size = Math.min(PIECE, to - begin);
                made.getBytes(begin, piece, 0, size);
                made.setBytes(begin + delta, piece, 0, size);
            }
            made.writerIndex(to + delta);
        }
    }

    private ByteBuf made() {
        return Objects.requireNonNull(out);
    }
}
