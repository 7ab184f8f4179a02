package io.lightvessel.conformance.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection and the calls on it. */
public final class GrpcConnection implements AutoCloseable {
    private final Target target;
    private final Channel channel;
    private final Duration patience;

    private GrpcConnection(Target target, Channel channel, Duration patience) {
        this.target = target;
        this.channel = channel;
        this.patience = patience;
    }

    static GrpcConnection open(Target target, Trust trust, EventLoopGroup group, Duration patience) throws IOException {
        SslContext tls = target.tls() ? tls(trust) : null;
        ChannelFuture connected = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        install(ch, tls, target);
                    }
                })
                .connect(target.host(), target.port())
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new IOException(Text.reason(connected.cause()), connected.cause());
        }
        Channel channel = connected.channel();
        SslHandler secured = channel.pipeline().get(SslHandler.class);
        if (secured != null) {
            Future<Channel> handshake = secured.handshakeFuture().awaitUninterruptibly();
            if (!handshake.isSuccess()) {
                throw new IOException(Text.reason(handshake.cause()), handshake.cause());
            }
        }
        return new GrpcConnection(target, channel, patience);
    }

    private static void install(Channel channel, @Nullable SslContext tls, Target target) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), target.host(), target.port()));
        }
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
    }

    private static SslContext tls(Trust trust) throws IOException {
        return SslContextBuilder.forClient()
                .trustManager(trust.managers())
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2))
                .build();
    }

    public GrpcAnswer call(GrpcRequest request) {
        return await(start(request));
    }

    /** Waits for a call as long as this connection waits for anything. */
    public GrpcAnswer await(CompletableFuture<GrpcAnswer> call) {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return GrpcAnswer.none("nothing came within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return GrpcAnswer.none(Text.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GrpcAnswer.none("interrupted");
        }
    }

    /** Sends a call and ends its stream. */
    public CompletableFuture<GrpcAnswer> start(GrpcRequest request) {
        CompletableFuture<GrpcAnswer> answer = new CompletableFuture<>();
        Future<Http2StreamChannel> opened = new Http2StreamChannelBootstrap(channel)
                .handler(new AnswerReader(answer))
                .open()
                .awaitUninterruptibly();
        if (!opened.isSuccess()) {
            answer.complete(GrpcAnswer.none(Text.reason(opened.cause())));
            return answer;
        }
        Http2StreamChannel stream = opened.getNow();
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method("POST")
                .scheme(target.tls() ? "https" : "http")
                .path(target.prefix() + request.path())
                .authority(target.authority())
                .add("te", "trailers")
                .add("content-type", "application/grpc");
        request.headers().forEach(headers::set);
        boolean bodiless = request.body().pieces().isEmpty();
        stream.write(new DefaultHttp2HeadersFrame(headers, bodiless));
        for (Iterator<byte[]> pieces = request.body().pieces().iterator(); pieces.hasNext(); ) {
            ByteBuf data = Unpooled.wrappedBuffer(pieces.next());
            stream.write(new DefaultHttp2DataFrame(data, !pieces.hasNext()));
        }
        stream.flush();
        return answer;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
