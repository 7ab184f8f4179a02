package io.lightvessel.gateway.scrape.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks a proxy for a tunnel, and steps aside when it is there. */
final class Tunnel extends ChannelInboundHandlerAdapter {
    private static final int LARGEST_ANSWER = 16 * 1024;

    private final Origin origin;
    private final String authorization;
    private final Map<String, List<String>> headers;
    private final Runnable open;
    private final Consumer<String> refused;
    private final StringBuilder answer = new StringBuilder();
    private boolean over;

    Tunnel(
            Origin origin,
            String authorization,
            Map<String, List<String>> headers,
            Runnable open,
            Consumer<String> refused) {
        this.origin = origin;
        this.authorization = authorization;
        this.headers = headers;
        this.open = open;
        this.refused = refused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        StringBuilder request = new StringBuilder("CONNECT " + origin + " HTTP/1.1\r\nHost: " + origin + "\r\n");
        if (!authorization.isEmpty()) {
            request.append("Proxy-Authorization: ").append(authorization).append("\r\n");
        }
        headers.forEach((name, values) -> values.forEach(
                value -> request.append(name).append(": ").append(value).append("\r\n")));
        byte[] bytes = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        ctx.writeAndFlush(ctx.alloc().buffer(bytes.length).writeBytes(bytes));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            // The origin does not speak before the client does, so nothing that follows the answer can be lost.
            answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (answer.indexOf("\r\n\r\n") < 0) {
            if (answer.length() > LARGEST_ANSWER) {
                end("its answer has no end");
            }
            return;
        }
        String line = answer.substring(0, answer.indexOf("\r\n"));
        String[] words = line.split(" ", 3);
        if (words.length >= 2 && words[0].startsWith("HTTP/1.") && words[1].matches("2\\d\\d")) {
            over = true;
            ctx.pipeline().remove(this);
            open.run();
        } else {
            end("it answers " + line + " (expected: a tunnel to " + origin + ")");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(String.valueOf(cause.getMessage()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("it closed the connection");
    }

    private void end(String message) {
        if (!over) {
            over = true;
            refused.accept(message);
        }
    }
}
