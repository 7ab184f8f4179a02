package io.lightvessel.gateway.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection, with one exchange at a time. */
final class HttpClientConnection extends ChannelInboundHandlerAdapter {
    private static final HttpDecoderConfig LIMITS = new HttpDecoderConfig()
            .setMaxInitialLineLength(4096)
            .setMaxHeaderSize(64 << 10)
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false));

    private final Channel channel;
    private final InetAddress address;
    private final OriginConnections home;
    private final ConnectionRules rules;
    private @Nullable HttpExchange exchange;
    private @Nullable ChannelFuture sent;
    private @Nullable ScheduledFuture<?> idling;
    private @Nullable String fault;
    private boolean interim;
    private boolean reusable;
    private boolean old;

    private HttpClientConnection(Channel channel, InetAddress address, OriginConnections home, ConnectionRules rules) {
        this.channel = channel;
        this.address = address;
        this.home = home;
        this.rules = rules;
    }

    /** Past the age that the rules give it the connection begins no exchange any more, and ends when it has none. */
    static HttpClientConnection install(
            Channel channel, InetAddress address, OriginConnections home, ConnectionRules rules) {
        HttpClientConnection connection = new HttpClientConnection(channel, address, home, rules);
        channel.pipeline().addLast(new HttpClientCodec(LIMITS, false, false), connection);
        ScheduledFuture<?> aging =
                channel.eventLoop().schedule(connection::age, rules.life().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> aging.cancel(false));
        return connection;
    }

    /** Where it leads to: the backend or, if there is one, the proxy. */
    InetAddress address() {
        return address;
    }

    private void age() {
        old = true;
        if (exchange == null) {
            close();
        }
    }

    /** Sends the exchange's request; what becomes of it, the exchange is told. */
    void run(HttpExchange next) {
        ScheduledFuture<?> timer = idling;
        if (timer != null) {
            timer.cancel(false);
        }
        exchange = next;
        reusable = false;
        if (!channel.isActive()) {
            ended("the connection was closed");
            return;
        }
        HttpCallout callout = next.callout();
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                callout.method(),
                target(callout),
                callout.body().retainedDuplicate(),
                callout.headers().copy(),
                DefaultHttpHeadersFactory.trailersFactory().newHeaders());
        request.headers().set(HttpHeaderNames.HOST, home.origin().authority());
        if (!callout.method().equals(HttpMethod.GET)) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, callout.body().readableBytes());
        }
        sent = channel.writeAndFlush(request);
        sent.addListener(written -> {
            if (!written.isSuccess() && exchange == next) {
                ended("the request was not sent: " + written.cause().getMessage());
            }
        });
    }

    private String target(HttpCallout callout) {
        boolean proxied = channel.hasAttr(Dialer.PLAIN_PROXY);
        return proxied ? "http://" + home.origin().authority() + callout.target() : callout.target();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            HttpExchange current = exchange;
            if (current == null || !(message instanceof HttpObject part)) {
                ctx.close();
            } else if (part.decoderResult().isFailure()) {
                current.fail("the response is not HTTP: "
                        + part.decoderResult().cause().getMessage());
            } else {
                read(current, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpExchange current, HttpObject part) {
        if (part instanceof HttpResponse response) {
            int status = response.status().code();
            interim = status < 200;
            if (!interim) {
                reusable = HttpUtil.isKeepAlive(response);
                current.head(status, response.headers());
            }
        }
        if (part instanceof HttpContent content && !interim) {
            current.content(content.content());
            if (part instanceof LastHttpContent && exchange == current) {
                complete(current);
            }
        }
    }

    private void complete(HttpExchange current) {
        exchange = null;
        ChannelFuture written = sent;
        // A server that answers early may not read the rest of the request.
        if (reusable && !old && written != null && written.isSuccess() && channel.isActive()) {
            if (rules.idle().isPositive()) {
                idling = channel.eventLoop().schedule(this::close, rules.idle().toMillis(), TimeUnit.MILLISECONDS);
            }
            home.keep(this);
        } else {
            channel.close();
        }
        current.end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        fault = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        home.forget(this);
        String why = fault;
        ended(why == null ? "the connection ended before the answer" : why);
        ctx.fireChannelInactive();
    }

    private void ended(String why) {
        HttpExchange unfinished = exchange;
        exchange = null;
        channel.close();
        if (unfinished != null) {
            unfinished.broken(why);
        }
    }

    /** Ends the connection, and with it what its exchange still waits for; the exchange knows. */
    void close() {
        exchange = null;
        home.forget(this);
        channel.close();
    }
}
