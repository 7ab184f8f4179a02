package io.lightvessel.gateway.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An HTTP/2 client that sends what a test wants, legal gRPC or not. */
public final class RawGrpc implements AutoCloseable {
    public static final String TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    public static final String METRICS = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    public static final String LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    /** What came back; headers and trailers in one map. */
    public record Answer(Map<String, String> headers, byte[] data) {
        public String status() {
            return headers.getOrDefault("grpc-status", "none");
        }

        public String message() {
            return headers.getOrDefault("grpc-message", "").replace("%20", " ");
        }
    }

    private final EventLoopGroup group;
    private final boolean ownsGroup;
    private final Channel channel;
    public final CountDownLatch goAway = new CountDownLatch(1);

    public RawGrpc(int port) {
        this(port, new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()), true);
    }

    /** A connection that shares its event loops with others; they are not closed with it. */
    public RawGrpc(int port, EventLoopGroup shared) {
        this(port, shared, false);
    }

    private RawGrpc(int port, EventLoopGroup group, boolean ownsGroup) {
        this.group = group;
        this.ownsGroup = ownsGroup;
        channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        ch.pipeline().addLast(Http2FrameCodecBuilder.forClient().build());
                        ch.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                                if (msg instanceof Http2GoAwayFrame) {
                                    goAway.countDown();
                                }
                                ctx.fireChannelRead(msg);
                            }
                        });
                        ch.pipeline().addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    public Channel channel() {
        return channel;
    }

    public Answer call(String path, byte[] message) throws Exception {
        return call(path, Map.of(), framed(message, 0), true).get(20, TimeUnit.SECONDS);
    }

    /** Sends these bytes as they are; the stream stays open unless {@code end}. */
    public CompletableFuture<Answer> call(String path, Map<String, String> extra, byte[] body, boolean end) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(channel)
                .handler(new Collector(answer))
                .open()
                .syncUninterruptibly()
                .getNow();
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method("POST")
                .scheme("http")
                .path(path)
                .authority("localhost")
                .add("te", "trailers")
                .add("content-type", "application/grpc");
        extra.forEach(headers::set);
        stream.write(new DefaultHttp2HeadersFrame(headers, false));
        ByteBuf data = Unpooled.wrappedBuffer(body);
        stream.writeAndFlush(new DefaultHttp2DataFrame(data, end));
        return answer;
    }

    public static byte[] framed(byte[] message, int flag) {
        ByteBuf out = Unpooled.buffer(5 + message.length);
        out.writeByte(flag).writeInt(message.length).writeBytes(message);
        return out.array();
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        channel.close().syncUninterruptibly();
        if (ownsGroup) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Answer> answer;
        private final Map<String, String> headers = new java.util.TreeMap<>();
        private final ByteBuf data = Unpooled.buffer();

        Collector(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            boolean end = false;
            if (msg instanceof Http2HeadersFrame frame) {
                frame.headers()
                        .forEach(entry -> headers.put(
                                entry.getKey().toString(), entry.getValue().toString()));
                end = frame.isEndStream();
            } else if (msg instanceof Http2DataFrame frame) {
                data.writeBytes(frame.content());
                end = frame.isEndStream();
            } else if (msg instanceof Http2ResetFrame reset) {
                headers.put("reset", String.valueOf(reset.errorCode()));
            }
            ReferenceCountUtil.release(msg);
            if (end) {
                finish();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                headers.putIfAbsent("reset", String.valueOf(reset.errorCode()));
                finish();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            headers.putIfAbsent("closed", "yes");
            finish();
        }

        private void finish() {
            byte[] bytes = new byte[data.readableBytes()];
            data.getBytes(data.readerIndex(), bytes);
            answer.complete(new Answer(Map.copyOf(headers), bytes));
        }
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
