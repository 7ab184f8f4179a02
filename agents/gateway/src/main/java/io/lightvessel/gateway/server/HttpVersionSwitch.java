package io.lightvessel.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells by its first bytes whether a connection speaks HTTP/1.1 or, without asking, HTTP/2. */
final class HttpVersionSwitch extends ByteToMessageDecoder {
    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();
    private static final int WINDOW = 1 << 20;

    private final Supplier<Intake> intakes;
    private @Nullable ScheduledFuture<?> silence;

    HttpVersionSwitch(Supplier<Intake> intakes) {
        this.intakes = intakes;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long idle = intakes.get().timeouts().idle().toMillis();
        silence = ctx.executor().schedule(() -> ctx.close(), idle, TimeUnit.MILLISECONDS);
        ctx.fireChannelActive();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int seen = Math.min(in.readableBytes(), PREFACE.readableBytes());
        boolean http2 = ByteBufUtil.equals(PREFACE, PREFACE.readerIndex(), in, in.readerIndex(), seen);
        if (http2 && seen < PREFACE.readableBytes()) {
            return;
        }
        if (http2) {
            http2(ctx.pipeline());
        } else {
            http1(ctx.pipeline());
        }
        ctx.pipeline().remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        ScheduledFuture<?> waiting = silence;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        PeerErrors.INSTANCE.exceptionCaught(ctx, cause);
    }

    private void http1(ChannelPipeline pipeline) {
        Arrivals arrivals = new Arrivals();
        ReadSwitch reads = new ReadSwitch(pipeline.channel());
        pipeline.addLast(new ReadGate(intakes, arrivals, reads, true));
        pipeline.addLast(new HttpServerCodec(4096, 16 * 1024, 64 * 1024));
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(new HttpConnection(intakes, reads, arrivals, false));
    }

    private void http2(ChannelPipeline pipeline) {
        Arrivals arrivals = new Arrivals();
        pipeline.addLast(new FrameAligner());
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .initialWindowSize(WINDOW)
                        .maxConcurrentStreams(intakes.get().options().maxStreams())
                        .maxHeaderListSize(16 * 1024))
                .build());
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast(new HttpConnection(intakes, new ReadSwitch(stream), arrivals, true));
            }
        }));
        pipeline.addLast(
                new ReadGate(intakes, arrivals, new ReadSwitch(pipeline.channel()), false), PeerErrors.INSTANCE);
    }
}
