package io.lightvessel.gateway.net.http;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.TlsContexts;
import io.lightvessel.gateway.net.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: looks names up, tries addresses one after the other, goes through the proxy that the
 * platform's settings name, and secures what is to be secure.
 */
final class Dialer {
    /** Marks connections to a proxy that passes on plain requests, which want the whole URL. */
    static final AttributeKey<Boolean> PLAIN_PROXY = AttributeKey.valueOf(Dialer.class, "plain-proxy");

    private static final int CONNECT_MILLIS = 10_000;
    /** Exchanges have a time limit, within which another address must get its chance. */
    private static final int CONNECT_MILLIS_WITH_OTHERS = 2_000;

    /** What a connection is wanted for; told of everything on its event loop. */
    interface Wish {
        EventLoop loop();

        HttpOrigin origin();

        /** Those of the addresses that are to be tried, in their order. */
        List<InetAddress> choose(List<InetAddress> found, int turn);

        void trying(InetAddress address, Channel channel);

        void unreachable(InetAddress address);

        /** The end, unless it is the next. */
        void ready(InetAddress address, Channel channel);

        void failed(String why);
    }

    private final Transport transport;
    private final ConnectionRules rules;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable TlsContexts tls;

    Dialer(Transport transport, @Nullable TlsContexts tls, ConnectionRules rules) {
        this.transport = transport;
        this.tls = tls;
        this.rules = rules;
    }

    ConnectionRules rules() {
        return rules;
    }

    void dial(Wish wish) {
        Attempt attempt = new Attempt(wish);
        // Name services block.
        Thread.ofVirtual().name("lightvessel-resolve").start(attempt::resolve);
    }

    private TlsContexts tls() {
        TlsContexts known = tls;
        if (known == null) {
            known = TlsContexts.platform();
            tls = known;
        }
        return known;
    }

    private final class Attempt {
        private final Wish wish;
        private final HttpOrigin origin;
        private boolean proxied;

        Attempt(Wish wish) {
            this.wish = wish;
            this.origin = wish.origin();
        }

        private void resolve() {
            HostPort next = origin.address();
            try {
                HostPort proxy = proxy();
                proxied = proxy != null;
                next = proxy == null ? next : proxy;
                List<InetAddress> found = List.copyOf(rules.names().distinct(next.host()));
                int port = next.port();
                onLoop(() -> connect(wish.choose(found, turn.getAndIncrement()).iterator(), port));
            } catch (UnknownHostException | RuntimeException e) {
                String message = "cannot resolve " + next.host() + ": " + e.getMessage();
                onLoop(() -> wish.failed(message));
            }
        }

        private void onLoop(Runnable task) {
            try {
                wish.loop().execute(task);
            } catch (RejectedExecutionException e) {
                wish.failed("the agent is stopping");
            }
        }

        private @Nullable HostPort proxy() {
            HostPort configured = rules.proxy();
            if (configured != null) {
                return configured;
            }
            ProxySelector selector = ProxySelector.getDefault();
            if (selector == null) {
                return null;
            }
            URI uri = URI.create((origin.secure() ? "https://" : "http://") + origin.authority());
            for (Proxy proxy : selector.select(uri)) {
                if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                    return new HostPort(address.getHostString(), address.getPort());
                }
            }
            return null;
        }

        private void connect(Iterator<InetAddress> addresses, int port) {
            if (!addresses.hasNext()) {
                wish.failed("no address of " + origin.address() + " lacks a connection");
                return;
            }
            InetAddress address = addresses.next();
            ChannelFuture attempt = transport
                    .client()
                    .clone(wish.loop())
                    .option(
                            ChannelOption.CONNECT_TIMEOUT_MILLIS,
                            addresses.hasNext() ? CONNECT_MILLIS_WITH_OTHERS : CONNECT_MILLIS)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(address, port));
            wish.trying(address, attempt.channel());
            attempt.addListener(done -> {
                if (done.isSuccess()) {
                    connected(address, attempt.channel());
                    return;
                }
                wish.unreachable(address);
                if (addresses.hasNext()) {
                    connect(addresses, port);
                } else {
                    fail(done.cause());
                }
            });
        }

        private void connected(InetAddress address, Channel channel) {
            if (!proxied) {
                secure(address, channel);
            } else if (origin.secure()) {
                ProxyTunnel.open(channel, origin.address().toString(), () -> secure(address, channel), wish::failed);
            } else {
                channel.attr(PLAIN_PROXY).set(true);
                wish.ready(address, channel);
            }
        }

        private void secure(InetAddress address, Channel channel) {
            if (!origin.secure()) {
                wish.ready(address, channel);
                return;
            }
            SslHandler ssl = tls().handler(channel.alloc(), origin.host(), origin.port());
            channel.pipeline().addLast(ssl);
            ssl.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    wish.ready(address, channel);
                } else {
                    channel.close();
                    wish.unreachable(address);
                    fail(done.cause());
                }
            });
        }

        private void fail(Throwable cause) {
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            wish.failed("cannot connect to " + origin.address() + ": " + message);
        }
    }
}
