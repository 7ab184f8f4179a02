package io.lightvessel.gateway.net.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/** Asks a proxy to connect to somewhere else, and goes when it has. */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private final HttpClientCodec codec = new HttpClientCodec();
    private final Runnable ready;
    private final Consumer<String> failed;
    private boolean told;

    private ProxyTunnel(Runnable ready, Consumer<String> failed) {
        this.ready = ready;
        this.failed = failed;
    }

    /** @param authority host and port to be connected to */
    static void open(Channel channel, String authority, Runnable ready, Consumer<String> failed) {
        ProxyTunnel tunnel = new ProxyTunnel(ready, failed);
        channel.pipeline().addLast(tunnel.codec, tunnel);
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority);
        request.headers().set(HttpHeaderNames.HOST, authority);
        channel.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse response && response.status().code() / 100 != 2) {
                fail("the proxy answered " + response.status().code());
                ctx.close();
            } else if (message instanceof LastHttpContent && !told) {
                told = true;
                ctx.pipeline().remove(this);
                ctx.pipeline().remove(codec);
                ready.run();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("the proxy: " + cause.getMessage());
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the proxy closed the connection");
    }

    private void fail(String why) {
        if (!told) {
            told = true;
            failed.accept(why);
        }
    }
}
