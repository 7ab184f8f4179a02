package io.lightvessel.agent.link;

import io.lightvessel.wire.OpampFrame;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** An OpAMP server made of nothing but a WebSocket and the wire module; records what it gets, says what a test tells it. */
final class OpampPeer implements AutoCloseable {
    /** An HTTP answer instead of a WebSocket. */
    record Refusal(int status, String contentType, String body, Map<String, String> headers) {}

    final BlockingQueue<AgentToServer> received = new LinkedBlockingQueue<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile Function<String, Refusal> admission = authorization -> null;
    volatile Function<AgentToServer, ServerToAgent> answers = message -> null;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private Channel listener;
    private int port;

    OpampPeer() {
        listen();
    }

    void listen() {
        while (listener == null || !listener.isOpen()) {
            try {
                listener = bind();
            } catch (Exception e) {
                // The agent's own attempts may hold the port for a moment, as their source.
                if (port == 0 || !String.valueOf(e.getMessage()).contains("in use")) {
                    throw e;
                }
            }
        }
        port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private Channel bind() {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65536),
                                        new Gate(),
                                        new WebSocketServerProtocolHandler("/v1/opamp", null, false, 1 << 20),
                                        new Messages());
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    /** Goes away with all its connections, as a killed process does. */
    void vanish() {
        listener.close().syncUninterruptibly();
        connections.forEach(channel -> channel.close().syncUninterruptibly());
        connections.clear();
    }

    URI uri() {
        return ControlPlaneUri.parse("http://127.0.0.1:" + port);
    }

    void send(ServerToAgent message) throws Exception {
        newest().writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(OpampFrame.encode(message))))
                .sync();
    }

    void sendRaw(byte[] bytes) throws Exception {
        newest().writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                .sync();
    }

    void sendText(String text) throws Exception {
        newest().writeAndFlush(new TextWebSocketFrame(text)).sync();
    }

    void closeConnection(int code, String reason) throws Exception {
        newest().writeAndFlush(new CloseWebSocketFrame(code, reason)).sync();
    }

    /** The next message that is as wanted; those before it are skipped. */
    AgentToServer await(Predicate<AgentToServer> wanted) throws InterruptedException {
        while (true) {
            AgentToServer message = received.take();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    private Channel newest() throws InterruptedException {
        while (connections.isEmpty()) {
            Thread.sleep(5);
        }
        return connections.getLast();
    }

    @Override
    public void close() {
        vanish();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Lets requests through to the WebSocket, or answers them. */
    private final class Gate extends SimpleChannelInboundHandler<FullHttpRequest> {
        Gate() {
            super(false);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
            authorizations.add(authorization);
            Refusal refusal = admission.apply(authorization);
            if (refusal == null) {
                context.fireChannelRead(request);
                return;
            }
            request.release();
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(refusal.status()),
                    Unpooled.copiedBuffer(refusal.body(), StandardCharsets.UTF_8));
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, refusal.contentType());
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            refusal.headers().forEach((name, value) -> response.headers().set(name, value));
            context.writeAndFlush(response);
        }
    }

    private final class Messages extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                connections.add(context.channel());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            connections.remove(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws Exception {
            AgentToServer message = OpampFrame.decode(frame.content().nioBuffer(), AgentToServer.parser());
            received.add(message);
            ServerToAgent answer = answers.apply(message);
            if (answer != null) {
                context.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(OpampFrame.encode(answer))));
            }
        }
    }
}
