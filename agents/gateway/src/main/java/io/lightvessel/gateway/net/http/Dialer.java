package io.lightvessel.gateway.net.http;

import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: looks names up, tries their addresses one after the other, goes through the proxy that the
 * platform's settings name, and secures what is to be secure.
 */
final class Dialer {
    /** Marks connections to a proxy that passes on plain requests, which want the whole URL. */
    static final AttributeKey<Boolean> PLAIN_PROXY = AttributeKey.valueOf(Dialer.class, "plain-proxy");

    private static final int CONNECT_MILLIS = 10_000;

    private final Transport transport;
    private volatile @Nullable SslContext tls;

    Dialer(Transport transport, @Nullable SslContext tls) {
        this.transport = transport;
        this.tls = tls;
    }

    /** Calls back once on the loop, with a connection or with the reason why there is none. */
    void dial(EventLoop loop, HttpOrigin origin, Consumer<Channel> ready, Consumer<String> failed) {
        Attempt attempt = new Attempt(loop, origin, ready, failed);
        // Name services block.
        Thread.ofVirtual().name("lightvessel-resolve").start(attempt::resolve);
    }

    private SslContext tls() throws SSLException {
        SslContext known = tls;
        if (known == null) {
            known = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
            tls = known;
        }
        return known;
    }

    private final class Attempt {
        private final EventLoop loop;
        private final HttpOrigin origin;
        private final Consumer<Channel> ready;
        private final Consumer<String> failed;
        private boolean proxied;

        Attempt(EventLoop loop, HttpOrigin origin, Consumer<Channel> ready, Consumer<String> failed) {
            this.loop = loop;
            this.origin = origin;
            this.ready = ready;
            this.failed = failed;
        }

        private void resolve() {
            HostPort next = origin.address();
            try {
                HostPort proxy = proxy();
                proxied = proxy != null;
                next = proxy == null ? next : proxy;
                InetAddress[] found = InetAddress.getAllByName(next.host());
                int port = next.port();
                onLoop(() -> connect(found, 0, port));
            } catch (UnknownHostException | RuntimeException e) {
                String message = "cannot resolve " + next.host() + ": " + e.getMessage();
                onLoop(() -> failed.accept(message));
            }
        }

        private void onLoop(Runnable task) {
            try {
                loop.execute(task);
            } catch (RejectedExecutionException e) {
                failed.accept("the agent is stopping");
            }
        }

        private @Nullable HostPort proxy() {
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

        private void connect(InetAddress[] addresses, int at, int port) {
            Bootstrap bootstrap =
                    transport.client().clone(loop).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
            bootstrap
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(addresses[at], port))
                    .addListener((io.netty.channel.ChannelFutureListener) done -> {
                        if (done.isSuccess()) {
                            connected(done.channel());
                        } else if (at + 1 < addresses.length) {
                            connect(addresses, at + 1, port);
                        } else {
                            fail(done.cause());
                        }
                    });
        }

        private void connected(Channel channel) {
            if (!proxied) {
                secure(channel);
            } else if (origin.secure()) {
                ProxyTunnel.open(channel, origin.address().toString(), () -> secure(channel), failed);
            } else {
                channel.attr(PLAIN_PROXY).set(true);
                ready.accept(channel);
            }
        }

        private void secure(Channel channel) {
            if (!origin.secure()) {
                ready.accept(channel);
                return;
            }
            try {
                SslHandler ssl = tls().newHandler(channel.alloc(), origin.host(), origin.port());
                channel.pipeline().addLast(ssl);
                ssl.handshakeFuture().addListener(done -> {
                    if (done.isSuccess()) {
                        ready.accept(channel);
                    } else {
                        channel.close();
                        fail(done.cause());
                    }
                });
            } catch (SSLException e) {
                channel.close();
                fail(e);
            }
        }

        private void fail(Throwable cause) {
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            failed.accept("cannot connect to " + origin.address() + ": " + message);
        }
    }
}
