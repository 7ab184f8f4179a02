package io.lightvessel.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Hands an HTTP/2 decoder whole frames only. A decoder that is left with half a frame keeps the whole buffer it came
 * in, 64 to 256 KiB on every connection whose client pauses there, and copies what comes next to it; here only the half
 * frame is kept, in memory of its size, and nothing else is copied.
 */
final class FrameAligner extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 9;
    /** What we let clients send; longer frames are passed on as they come, for the decoder to refuse. */
    private static final int LARGEST_PAYLOAD = 1 << 14;

    private static final int PREFACE = 24;

    private int prefaceLeft = PREFACE;
    private boolean passing;
    /** The start of a frame; its capacity is the frame's length, or a header's as long as that is unknown. */
    private @Nullable ByteBuf partial;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in) || passing) {
            ctx.fireChannelRead(message);
            return;
        }
        int skipped = Math.min(prefaceLeft, in.readableBytes());
        prefaceLeft -= skipped;
        int from = in.readerIndex() + skipped;
        if (partial != null) {
            // Never with a preface: no frame starts before it is over.
            complete(ctx, in);
            from = in.readerIndex();
        }
        int end = passing ? in.writerIndex() : lastBoundary(in, from);
        if (end < in.writerIndex()) {
            keep(ctx, in, end);
        }
        if (end > in.readerIndex()) {
            ctx.fireChannelRead(in.writerIndex(end));
        } else {
            in.release();
        }
    }

    /** Fills the frame that was begun; passes it on when it is whole. */
    private void complete(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf frame = partial;
        while (frame != null && in.isReadable()) {
            in.readBytes(frame, Math.min(in.readableBytes(), frame.writableBytes()));
            if (frame.isWritable()) {
                return;
            }
            int length = HEADER + payload(frame, frame.readerIndex());
            if (length > HEADER + LARGEST_PAYLOAD) {
                passing = true;
            }
            if (passing || length == frame.capacity()) {
                partial = null;
                ctx.fireChannelRead(frame);
                return;
            }
            partial = ctx.alloc().directBuffer(length, length).writeBytes(frame);
            frame.release();
            frame = partial;
        }
    }

    /** Where the last whole frame ends. */
    private int lastBoundary(ByteBuf in, int from) {
        int at = from;
        while (in.writerIndex() - at >= HEADER) {
            int payload = payload(in, at);
            if (payload > LARGEST_PAYLOAD) {
                passing = true;
                return in.writerIndex();
            }
            if (in.writerIndex() - at - HEADER < payload) {
                break;
            }
            at += HEADER + payload;
        }
        return at;
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf in, int from) {
        int rest = in.writerIndex() - from;
        int capacity = rest < HEADER ? HEADER : HEADER + payload(in, from);
        partial = ctx.alloc().directBuffer(capacity, capacity).writeBytes(in, from, rest);
    }

    private static int payload(ByteBuf in, int header) {
        return in.getUnsignedMedium(header);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf rest = partial;
        partial = null;
        if (rest != null) {
            rest.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        handlerRemoved(ctx);
        ctx.fireChannelInactive();
    }
}
