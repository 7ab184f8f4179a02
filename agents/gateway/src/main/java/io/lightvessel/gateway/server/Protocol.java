package io.lightvessel.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a listener's connections speak. */
public enum Protocol {
    GRPC {
        @Override
        void install(Channel channel, Supplier<Intake> intakes) {
            Intake intake = intakes.get();
            secure(channel, intake.options());
            Http2ConnectionHandler handler = new Http2ConnectionHandlerBuilder()
                    .server(true)
                    .frameListener(new Http2EventAdapter())
                    .initialSettings(Http2Settings.defaultSettings()
                            .initialWindowSize(GrpcConnection.WINDOW)
                            .maxConcurrentStreams(intake.options().maxStreams())
                            .maxHeaderListSize(16 * 1024))
                    .build();
            handler.setCumulator(FRESH);
            channel.pipeline().addLast(handler, PeerErrors.INSTANCE);
            ChannelHandlerContext ctx = channel.pipeline().context(handler);
            ConnectionLifetime lifetime =
                    ConnectionLifetime.start(ctx, handler, intake.options().keepAlive());
            GrpcConnection connection = new GrpcConnection(ctx, handler, intakes, lifetime);
            handler.decoder().frameListener(connection);
            channel.eventLoop()
                    .schedule(
                            () -> {
                                if (!connection.isStarted()) {
                                    ctx.close();
                                }
                            },
                            intake.timeouts().idle().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    },
    HTTP {
        @Override
        void install(Channel channel, Supplier<Intake> intakes) {
            secure(channel, intakes.get().options());
            channel.pipeline().addLast(new HttpVersionSwitch(intakes));
        }
    };

    /**
     * Netty's default cumulator grows one buffer and copies all of it; most reads here find the last one used up.
     * Measured a third cheaper.
     */
    private static final ByteToMessageDecoder.Cumulator FRESH = Protocol::cumulate;

    abstract void install(Channel channel, Supplier<Intake> intakes);

    private static void secure(Channel channel, ServerOptions options) {
        SslContext tls = options.tls();
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
    }

    private static ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf left, ByteBuf in) {
        if (!left.isReadable()) {
            left.release();
            return in;
        }
        ByteBuf both = allocator.directBuffer(left.readableBytes() + in.readableBytes());
        both.writeBytes(left).writeBytes(in);
        left.release();
        in.release();
        return both;
    }
}
