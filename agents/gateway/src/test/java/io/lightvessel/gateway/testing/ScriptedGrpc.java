package io.lightvessel.gateway.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server that answers each call as the test told it. */
public final class ScriptedGrpc implements AutoCloseable {
    /** What to answer; a message of null goes without one. */
    public record Step(Map<String, String> trailers, byte[] message, String fault) {}

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    public final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();

    public ScriptedGrpc() {
        this("127.0.0.1", 0);
    }

    public ScriptedGrpc(String host, int port) {
        server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.incrementAndGet();
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer().build());
                        channel.pipeline().addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline().addLast(new Answering());
                            }
                        }));
                    }
                })
                .bind(host, port)
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    public void status(int code, String message, String details) {
        Map<String, String> trailers =
                new java.util.HashMap<>(Map.of("grpc-status", String.valueOf(code), "grpc-message", message));
        if (!details.isEmpty()) {
            trailers.put("grpc-status-details-bin", details);
        }
        steps.add(new Step(trailers, null, ""));
    }

    public void message(byte[] message) {
        steps.add(new Step(Map.of("grpc-status", "0"), message, ""));
    }

    /** {@code reset}, {@code close}, {@code goaway}, {@code silence} or an HTTP status. */
    public void fault(String fault) {
        steps.add(new Step(Map.of(), null, fault));
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Answering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            boolean end = false;
            if (msg instanceof Http2HeadersFrame frame) {
                Map<String, String> headers = new java.util.TreeMap<>();
                frame.headers()
                        .forEach(h ->
                                headers.put(h.getKey().toString(), h.getValue().toString()));
                requests.add(headers);
            } else if (msg instanceof Http2DataFrame frame) {
                end = frame.isEndStream();
            }
            ReferenceCountUtil.release(msg);
            if (end) {
                Step step = steps.poll();
                // Without a script the answer is success.
                answer(ctx, step == null ? new Step(Map.of("grpc-status", "0"), new byte[0], "") : step);
            }
        }

        private void answer(ChannelHandlerContext ctx, Step step) {
            Http2Headers headers = new DefaultHttp2Headers();
            switch (step.fault()) {
                case "reset" -> ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                case "close" -> ctx.channel().parent().close();
                case "silence" -> {}
                case "goaway" -> {
                    ctx.channel()
                            .parent()
                            .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(0));
                    success(ctx, new Step(Map.of("grpc-status", "0"), new byte[0], ""));
                }
                case "" -> success(ctx, step);
                default -> ctx.writeAndFlush(new DefaultHttp2HeadersFrame(headers.status(step.fault()), true));
            }
        }

        private void success(ChannelHandlerContext ctx, Step step) {
            Http2Headers headers = new DefaultHttp2Headers().status("200").add("content-type", "application/grpc");
            if (step.message() == null) {
                step.trailers().forEach(headers::add);
                ctx.writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
                return;
            }
            ctx.write(new DefaultHttp2HeadersFrame(headers));
            ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(RawGrpc.framed(step.message(), 0))));
            Http2Headers trailers = new DefaultHttp2Headers();
            step.trailers().forEach(trailers::add);
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
        }
    }
}
