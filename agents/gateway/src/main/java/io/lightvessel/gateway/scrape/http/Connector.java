package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.Timer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Opens connections to origins, directly or through a proxy; names and files are looked at on a thread of their own. */
final class Connector {
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final int LARGEST_CHUNK = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

    /** Hears how it went, on the event loop, once. */
    interface Outcome {
        void connected(HttpConnection connection, @Nullable URI plainProxy);

        void failed(String message);
    }

    /** What has to be known before a connection can be opened. */
    private record Way(
            InetSocketAddress address,
            @Nullable SslContext tls,
            @Nullable SslContext proxyTls) {}

    private final Transport transport;
    private final HttpOptions options;
    private final Timer timer;

    Connector(Transport transport, HttpOptions options, Timer timer) {
        this.transport = transport;
        this.options = options;
        this.timer = timer;
    }

    void connect(Origin origin, Fetch fetch, EventLoop loop, Outcome outcome) {
        URI proxy = options.proxy().proxyFor(origin);
        Origin first = proxy == null ? origin : Origin.of(proxy);
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(first.host());
        if (literal != null && !first.tls() && !origin.tls()) {
            open(origin, proxy, fetch, loop, new Way(address(first, literal), null, null), outcome);
            return;
        }
        Thread.ofVirtual().name("lightvessel-scrape-lookup").start(() -> {
            try {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(first.host()), first.port());
                SslContext tls = origin.tls() ? options.tls().context() : null;
                SslContext proxyTls =
                        proxy != null && first.tls() ? options.tls().context() : null;
                Way way = new Way(address, tls, proxyTls);
                Loops.execute(loop, () -> open(origin, proxy, fetch, loop, way, outcome));
            } catch (UnknownHostException e) {
                Loops.execute(loop, () -> outcome.failed("cannot resolve " + first.host()));
            } catch (IOException | RuntimeException e) {
                Loops.execute(loop, () -> outcome.failed("tls: " + e.getMessage()));
            }
        });
    }

    private static InetSocketAddress address(Origin origin, byte[] literal) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(literal), origin.port());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + literal.length + " bytes (expected: 4 or 16)", e);
        }
    }

    private void open(Origin origin, @Nullable URI proxy, Fetch fetch, EventLoop loop, Way way, Outcome outcome) {
        if (fetch.isOver()) {
            return;
        }
        Origin first = proxy == null ? origin : Origin.of(proxy);
        ChannelFuture connecting = transport
                .client()
                .clone(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (way.proxyTls() != null) {
                            channel.pipeline().addLast(options.tls().handler(way.proxyTls(), channel.alloc(), first));
                        }
                    }
                })
                .connect(way.address());
        Channel channel = connecting.channel();
        fetch.onAbort(channel::close);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                fetch.onAbort(null);
                outcome.failed("cannot connect to " + first + ": " + reason(done.cause()));
            } else if (proxy != null && origin.tls()) {
                channel.pipeline()
                        .addLast(new Tunnel(
                                origin,
                                proxyAuthorization(proxy),
                                options.proxy().connectHeaders(),
                                () -> ready(origin, null, channel, way, outcome),
                                message -> {
                                    fetch.onAbort(null);
                                    channel.close();
                                    outcome.failed("proxy " + first + ": " + message);
                                }));
            } else {
                ready(origin, proxy, channel, way, outcome);
            }
        });
    }

    private void ready(Origin origin, @Nullable URI plainProxy, Channel channel, Way way, Outcome outcome) {
        if (way.tls() != null) {
            channel.pipeline().addLast(options.tls().handler(way.tls(), channel.alloc(), origin));
        }
        HttpConnection connection = new HttpConnection(origin, channel, timer);
        channel.pipeline()
                .addLast(new HttpClientCodec(LONGEST_LINE, LARGEST_HEADERS, LARGEST_CHUNK))
                .addLast(connection);
        outcome.connected(connection, plainProxy);
    }

    /** Of the name and password in a proxy's URL; empty when there are none. */
    static String proxyAuthorization(URI proxy) {
        String user = proxy.getUserInfo();
        return user == null ? "" : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** Netty says where it failed, the reason, and the address again. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "").replaceFirst(": [^ ]*/[^ ]*$", "");
    }
}
