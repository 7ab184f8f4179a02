package io.lightvessel.agent.sharding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Targets that share one port and differ by their loopback address. Each says in its answer how often it was asked, and
 * has a series that comes and goes with that number, so that staleness can be foretold.
 */
final class ManyTargets implements AutoCloseable {
    static final String REPLICA = "X-Replica";
    static final String ASKED = "asked_total";
    static final String SOMETIMES = "sometimes";

    /** Next to these one series more or less does not make a target cost more, so that parts are of equal numbers. */
    private static final int OTHERS = 8;

    private static final int PER_NET = 200;
    private static final int FIRST_NET = 128;

    private final SlotLedger ledger;
    private final String net;
    private final List<String> others;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;

    ManyTargets(SlotLedger ledger) throws InterruptedException {
        this(ledger, "127.1.");
    }

    /** @param net two numbers and dots; all addresses that begin so and go on with 128 or more lead here */
    ManyTargets(SlotLedger ledger, String net) throws InterruptedException {
        this(ledger, net, _ -> OTHERS);
    }

    /** @param others how many further series each target has */
    ManyTargets(SlotLedger ledger, String net, IntUnaryOperator others) throws InterruptedException {
        this.ledger = ledger;
        this.net = net;
        this.others = IntStream.range(0, ledger.targets())
                .mapToObj(target -> IntStream.range(0, others.applyAsInt(target))
                        .mapToObj(i -> "# TYPE other_" + i + " gauge\nother_" + i + " 1\n")
                        .collect(Collectors.joining()))
                .toList();
        server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1024), new Answer());
                    }
                })
                .bind(0)
                .sync()
                .channel();
    }

    static boolean hasSometimes(long number) {
        return number % 8 < 4;
    }

    /** The scrape after which {@link #SOMETIMES} is to end. */
    static boolean endsSometimes(long number) {
        return number % 8 == 4;
    }

    List<String> addresses() {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < ledger.targets(); i++) {
            all.add(net + (i / PER_NET + FIRST_NET) + "." + (i % PER_NET + 1) + ":" + port);
        }
        return all;
    }

    private final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            Instant now = Instant.now();
            byte[] address = ((InetSocketAddress) context.channel().localAddress())
                    .getAddress()
                    .getAddress();
            int target = ((address[2] & 0xff) - FIRST_NET) * PER_NET + (address[3] & 0xff) - 1;
            int number = ledger.note(
                    target,
                    now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                    request.headers().get(REPLICA));
            String text = "# TYPE " + ASKED + " counter\n" + ASKED + ' ' + number + "\n# TYPE steady gauge\nsteady 1\n"
                    + others.get(target)
                    + (hasSometimes(number) ? "# TYPE " + SOMETIMES + " gauge\n" + SOMETIMES + " 1\n" : "");
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(text, UTF_8));
            response.headers().set("Content-Type", "text/plain; version=0.0.4");
            response.headers().set("Content-Length", response.content().readableBytes());
            // Some take their time, so that moves find scrapes under way.
            context.executor().schedule(() -> context.writeAndFlush(response), target % 8 * 40, TimeUnit.MILLISECONDS);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A replica that was killed.
            context.close();
        }
    }

    @Override
    public void close() {
        server.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
