package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.BodyEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's side of one gRPC connection; everything here runs on its event loop. */
final class GrpcClientConnection extends Http2EventAdapter {
    private static final AsciiString POST = AsciiString.cached("POST");
    private static final AsciiString TE = AsciiString.cached("te");
    private static final AsciiString TRAILERS = AsciiString.cached("trailers");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString APPLICATION_GRPC = AsciiString.cached("application/grpc");
    private static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
    private static final AsciiString GRPC_TIMEOUT = AsciiString.cached("grpc-timeout");
    private static final AsciiString GRPC_ENCODING = AsciiString.cached("grpc-encoding");

    private final ChannelHandlerContext ctx;
    private final Http2ConnectionHandler handler;
    private final GrpcTarget target;
    private final Map<String, String> headers;
    private final String userAgent;
    private final Http2Connection.PropertyKey callKey;
    private @Nullable Consumer<GrpcClientConnection> onReady;
    private boolean leaving;
    private long lastRead = System.nanoTime();

    private GrpcClientConnection(
            ChannelHandlerContext ctx,
            Http2ConnectionHandler handler,
            GrpcTarget target,
            Map<String, String> headers,
            String userAgent) {
        this.ctx = ctx;
        this.handler = handler;
        this.target = target;
        this.headers = headers;
        this.userAgent = userAgent;
        this.callKey = handler.connection().newKey();
        handler.connection().addListener(this);
    }

    static GrpcClientConnection install(
            Channel channel, GrpcTarget target, Map<String, String> headers, String userAgent) {
        if (target.tls() != null) {
            SslHandler ssl = target.tls()
                    .handler(
                            channel.alloc(),
                            target.serverName(),
                            target.address().port());
            channel.pipeline().addLast(ssl);
        }
        Http2ConnectionHandler handler = new Http2ConnectionHandlerBuilder()
                .server(false)
                .frameListener(new Http2EventAdapter())
                .encoderEnforceMaxConcurrentStreams(true)
                .initialSettings(
                        Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(16 * 1024))
                .build();
        channel.pipeline().addLast(handler);
        ChannelHandlerContext ctx = channel.pipeline().context(handler);
        GrpcClientConnection connection = new GrpcClientConnection(ctx, handler, target, headers, userAgent);
        handler.decoder().frameListener(connection);
        return connection;
    }

    /** Reports once: ready when the server's settings have come, failed when the connection ended before. */
    void whenReady(Consumer<GrpcClientConnection> ready, Consumer<String> failed) {
        onReady = ready;
        ctx.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            private String why = "the server closed the connection before it spoke HTTP/2";

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                Throwable root = cause.getCause() == null ? cause : cause.getCause();
                why = String.valueOf(root.getMessage());
                context.close();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                if (onReady != null) {
                    onReady = null;
                    failed.accept(why);
                }
            }
        });
        ctx.executor()
                .schedule(
                        () -> {
                            if (onReady != null) {
                                onReady = null;
                                ctx.channel().close();
                                failed.accept("the server did not answer as an HTTP/2 server");
                            }
                        },
                        10,
                        TimeUnit.SECONDS);
    }

    Channel channel() {
        return ctx.channel();
    }

    /** New calls go elsewhere once the server said GOAWAY or stream ids are used up. */
    boolean isUsable() {
        return !leaving && ctx.channel().isActive() && !handler.connection().goAwayReceived();
    }

    void leave(Duration grace) {
        leaving = true;
        handler.gracefulShutdownTimeoutMillis(grace.toMillis());
        ctx.channel().close();
    }

    void start(GrpcRequest request) {
        int streamId = handler.connection().local().incrementAndGetNextStreamId();
        GrpcClientCall call = new GrpcClientCall(request.whenDone());
        if (streamId < 0) {
            leave(request.timeout());
            request.message().release();
            call.finish(GrpcOutcome.failed(GrpcStatus.UNAVAILABLE, "the connection has used up its stream ids"));
            return;
        }
        long started = System.nanoTime();
        var timer = ctx.executor()
                .schedule(
                        () -> timeOut(streamId, call, request.timeout(), started),
                        request.timeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        call.whenFinished(() -> timer.cancel(false));
        handler.encoder()
                .writeHeaders(ctx, streamId, requestHeaders(request), 0, false, ctx.newPromise())
                .addListener(written -> {
                    Http2Stream stream = handler.connection().stream(streamId);
                    if (written.isSuccess() && stream != null) {
                        stream.setProperty(callKey, call);
                    } else if (!written.isSuccess()) {
                        call.finish(GrpcOutcome.failed(
                                GrpcStatus.UNAVAILABLE,
                                "the request was not sent: " + written.cause().getMessage()));
                    }
                });
        ByteBuf prefix = ctx.alloc()
                .buffer(5)
                .writeByte(request.encoding() == BodyEncoding.NONE ? 0 : 1)
                .writeInt(request.message().readableBytes());
        handler.encoder().writeData(ctx, streamId, prefix, 0, false, ctx.newPromise());
        handler.encoder().writeData(ctx, streamId, request.message(), 0, true, ctx.newPromise());
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream != null) {
            // Before the write is through: an answer may come while the body is still waiting for window.
            stream.setProperty(callKey, call);
        }
        handler.flush(ctx);
    }

    private Http2Headers requestHeaders(GrpcRequest request) {
        Http2Headers sent = new DefaultHttp2Headers(false)
                .method(POST)
                .scheme(target.scheme())
                .path(request.path())
                .authority(target.authority())
                .add(TE, TRAILERS)
                .add(CONTENT_TYPE, APPLICATION_GRPC)
                .add(USER_AGENT, userAgent)
                .add(GRPC_TIMEOUT, GrpcMessages.timeout(request.timeout()));
        if (request.encoding() != BodyEncoding.NONE) {
            sent.add(GRPC_ENCODING, request.encoding().header());
        }
        Map<String, String> own = request.headers();
        (own == null ? headers : own).forEach((name, value) -> sent.set(name.toLowerCase(Locale.ROOT), value));
        return sent;
    }

    private void timeOut(int streamId, GrpcClientCall call, Duration timeout, long started) {
        call.finish(GrpcOutcome.failed(GrpcStatus.DEADLINE_EXCEEDED, "no answer within " + timeout.toMillis() + " ms"));
        if (handler.connection().stream(streamId) == null) {
            // Not opened yet, for want of a free stream: only the encoder, which keeps it back, knows of it.
            handler.encoder().writeRstStream(ctx, streamId, Http2Error.CANCEL.code(), ctx.newPromise());
        } else {
            handler.resetStream(ctx, streamId, Http2Error.CANCEL.code(), ctx.newPromise());
        }
        handler.flush(ctx);
        if (lastRead - started < 0) {
            // Not a byte in all that time: the connection is dead rather than the server slow.
            leave(Duration.ZERO);
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
        lastRead = System.nanoTime();
        Consumer<GrpcClientConnection> ready = onReady;
        onReady = null;
        if (ready != null) {
            ready.accept(this);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers received,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(context, streamId, received, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int streamId, Http2Headers received, int padding, boolean end) {
        lastRead = System.nanoTime();
        GrpcClientCall call = call(streamId);
        if (call != null) {
            call.headers(received, end);
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end) {
        lastRead = System.nanoTime();
        int consumed = data.readableBytes() + padding;
        GrpcClientCall call = call(streamId);
        if (call != null) {
            call.data(data, end);
        }
        return consumed;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int streamId, long errorCode) {
        lastRead = System.nanoTime();
        GrpcClientCall call = call(streamId);
        if (call != null) {
            call.finish(GrpcOutcome.failed(
                    GrpcStatus.UNAVAILABLE, "the server reset the stream: " + Http2Error.valueOf(errorCode)));
        }
    }

    /** Ends calls that a GOAWAY or the end of the connection cut off; for the others this comes too late to matter. */
    @Override
    public void onStreamRemoved(Http2Stream stream) {
        GrpcClientCall call = stream.removeProperty(callKey);
        if (call != null) {
            call.finish(GrpcOutcome.failed(GrpcStatus.UNAVAILABLE, "the connection ended before the answer"));
        }
    }

    private @Nullable GrpcClientCall call(int streamId) {
        Http2Stream stream = handler.connection().stream(streamId);
        return stream == null ? null : stream.getProperty(callKey);
    }
}
