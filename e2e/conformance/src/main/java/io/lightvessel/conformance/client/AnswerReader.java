package io.lightvessel.conformance.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Gathers what comes back on one stream. */
final class AnswerReader extends ChannelInboundHandlerAdapter {
    private static final int LONGEST = 4 << 20;

    private final CompletableFuture<GrpcAnswer> answer;
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteBuf data = Unpooled.buffer();

    AnswerReader(CompletableFuture<GrpcAnswer> answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            boolean end = false;
            if (message instanceof Http2HeadersFrame frame) {
                frame.headers()
                        .forEach(header -> headers.put(
                                header.getKey().toString(), header.getValue().toString()));
                end = frame.isEndStream();
            } else if (message instanceof Http2DataFrame frame) {
                if (data.readableBytes() + frame.content().readableBytes() > LONGEST) {
                    finish("the answer is longer than " + LONGEST + " bytes");
                    ctx.close();
                    return;
                }
                data.writeBytes(frame.content());
                end = frame.isEndStream();
            } else if (message instanceof Http2ResetFrame reset) {
                finish("stream reset with code " + reset.errorCode());
            }
            if (end) {
                finish("");
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame reset) {
            finish("stream reset with code " + reset.errorCode());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        finish(Text.reason(cause));
    }

    private void finish(String trouble) {
        byte[] bytes = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), bytes);
        answer.complete(new GrpcAnswer(Map.copyOf(headers), bytes, trouble));
    }
}
