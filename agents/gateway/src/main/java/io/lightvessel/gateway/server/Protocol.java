package io.lightvessel.gateway.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Settings;
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
            Arrivals arrivals = new Arrivals();
            ReadGate gate = new ReadGate(intakes, arrivals, new ReadSwitch(channel), false);
            channel.pipeline().addLast(new FrameAligner(), handler, gate, PeerErrors.INSTANCE);
            ChannelHandlerContext ctx = channel.pipeline().context(handler);
            ConnectionLifetime lifetime =
                    ConnectionLifetime.start(ctx, handler, intake.options().keepAlive());
            GrpcConnection connection = new GrpcConnection(ctx, handler, intakes, lifetime, arrivals);
            gate.throttle(connection::narrow);
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
            // Headers come in less than this; bodies make it grow.
            channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(2048, 4096, LARGEST_READ));
            channel.pipeline().addLast(new HttpVersionSwitch(intakes));
        }
    };

    private static final int LARGEST_READ = 256 * 1024;

    abstract void install(Channel channel, Supplier<Intake> intakes);

    private static void secure(Channel channel, ServerOptions options) {
        ServerTls tls = options.tls();
        if (tls != null) {
            channel.pipeline().addLast(tls.context().newHandler(channel.alloc()));
        }
    }
}
