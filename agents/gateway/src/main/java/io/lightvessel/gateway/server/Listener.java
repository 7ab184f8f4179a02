package io.lightvessel.gateway.server;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket and its connections. It outlives the receiver that opened it when a successor wants the same
 * endpoint: both hold it for a while, the newer one says what becomes of requests, and the last one closes it.
 */
final class Listener {
    private final String endpoint;
    private final Protocol protocol;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger holders = new AtomicInteger(1);
    private final Channel server;
    private volatile Intake intake;

    private Listener(Transport transport, String endpoint, HostPort address, Protocol protocol, Intake intake)
            throws ComponentFailure {
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.intake = intake;
        // Bound but not accepting: clients wait in the backlog until the receiver is committed.
        var bound = transport
                .server()
                .option(ChannelOption.AUTO_READ, false)
                .handler(new AcceptLogger())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        protocol.install(channel, Listener.this::intake);
                    }
                })
                .bind(
                        address.host().isEmpty()
                                ? new InetSocketAddress(address.port())
                                : new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ComponentFailure("cannot listen on " + endpoint + ": " + why(bound), bound.cause());
        }
        server = bound.channel();
    }

    static Listener bind(Transport transport, String endpoint, Protocol protocol, Intake intake)
            throws ComponentFailure {
        try {
            return new Listener(transport, endpoint, HostPort.parse(endpoint), protocol, intake);
        } catch (IllegalArgumentException e) {
            throw new ComponentFailure("endpoint: " + e.getMessage(), e);
        }
    }

    private static String why(Future<?> bound) {
        Throwable cause = bound.cause();
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof BindException
                || cause instanceof Errors.NativeIoException && message.contains("Address already in use")) {
            return "address already in use";
        }
        return cause instanceof UnresolvedAddressException ? "unknown host" : message;
    }

    String endpoint() {
        return endpoint;
    }

    Protocol protocol() {
        return protocol;
    }

    /** Where it really listens, for endpoints with port 0. */
    String address() {
        InetSocketAddress local = (InetSocketAddress) server.localAddress();
        return new HostPort(local.getAddress().getHostAddress(), local.getPort()).toString();
    }

    Intake intake() {
        return intake;
    }

    Listener retain() {
        holders.incrementAndGet();
        return this;
    }

    /** From now on requests go by this intake. */
    void open(Intake next) {
        intake = next;
        server.config().setAutoRead(true);
    }

    /** Closes socket and connections when nobody else holds them; calls under way may take {@code grace}. */
    void release(Duration grace) {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        server.close().awaitUninterruptibly();
        connections.close();
        if (!connections.newCloseFuture().awaitUninterruptibly(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            // Past the handlers, which are the ones that wait.
            connections.forEach(channel -> {
                ChannelHandlerContext first = channel.pipeline().firstContext();
                if (first != null) {
                    first.close();
                }
            });
        }
    }

    /** A failing accept, for want of file descriptors mostly, must not end the listener. */
    private static final class AcceptLogger extends ChannelInboundHandlerAdapter {
        private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.warn("accepting a connection on {} failed: {}", ctx.channel().localAddress(), cause.toString());
        }
    }
}
