package io.lightvessel.gateway.server;

import io.lightvessel.gateway.grpc.GrpcMessages;
import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.net.Coding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's side of one gRPC connection: opens calls, carries their answers, watches their clocks. */
final class GrpcConnection extends Http2EventAdapter {
    static final int WINDOW = 4 << 20;
    /** Many clients with full windows have more under way than caches hold. */
    private static final int NARROW_WINDOW = 1 << 20;

    private static final int INITIAL_WINDOW = 65_535;
    private static final AsciiString POST = AsciiString.cached("POST");

    private final ChannelHandlerContext ctx;
    private final Http2ConnectionHandler handler;
    private final Supplier<Intake> intakes;
    private final ConnectionLifetime lifetime;
    private final Arrivals arrivals;
    private final PingPolicy pings;
    private final Http2Connection.PropertyKey callKey;
    private final Object address;
    private final Http2Headers success;
    private boolean started;
    private boolean reading;
    /** The stream whose last frame is being read: its state does not show that yet. */
    private int endingStream;

    private boolean checking;
    private boolean narrowed;

    GrpcConnection(
            ChannelHandlerContext ctx,
            Http2ConnectionHandler handler,
            Supplier<Intake> intakes,
            ConnectionLifetime lifetime,
            Arrivals arrivals) {
        this.ctx = ctx;
        this.handler = handler;
        this.intakes = intakes;
        this.lifetime = lifetime;
        this.arrivals = arrivals;
        this.pings = new PingPolicy(intakes.get().options().keepAlive());
        this.callKey = handler.connection().newKey();
        this.address = Addresses.client(ctx.channel());
        this.success = GrpcReplies.success(intakes.get().options().codingNames(","));
        handler.connection().addListener(this);
    }

    boolean isStarted() {
        return started;
    }

    ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Lets the client have less under way over all streams, from the next update of its window on. */
    void narrow(boolean narrow) {
        if (!started || narrowed == narrow) {
            return;
        }
        narrowed = narrow;
        int change = WINDOW - NARROW_WINDOW;
        try {
            handler.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(handler.connection().connectionStream(), narrow ? -change : change);
        } catch (Http2Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        if (!started) {
            started = true;
            // SETTINGS widens streams only; the connection's own window needs an update of its own.
            handler.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(handler.connection().connectionStream(), WINDOW - INITIAL_WINDOW);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(context, streamId, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean end) {
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream == null) {
            return;
        }
        reading = true;
        endingStream = end ? streamId : 0;
        try {
            GrpcCall call = stream.getProperty(callKey);
            if (call == null) {
                call = open(streamId, headers);
                if (call == null) {
                    return;
                }
                stream.setProperty(callKey, call);
                watch();
            }
            if (end) {
                call.data(Unpooled.EMPTY_BUFFER, true);
            }
        } finally {
            reading = false;
            endingStream = 0;
        }
    }

    private @Nullable GrpcCall open(int streamId, Http2Headers headers) {
        if (!AsciiString.contentEquals(POST, headers.method())) {
            writeError(streamId, GrpcReplies.METHOD_NOT_ALLOWED);
            return null;
        }
        CharSequence contentType = headers.get(GrpcReplies.CONTENT_TYPE);
        if (contentType == null || !isGrpc(contentType)) {
            writeError(streamId, GrpcReplies.UNSUPPORTED_MEDIA_TYPE);
            return null;
        }
        Intake intake = intakes.get();
        Visitor visitor = Visitor.of(intake.options(), new GrpcHeaders(headers), address);
        if (visitor.denied() != null) {
            writeError(
                    streamId,
                    GrpcReplies.error(
                            GrpcStatus.UNAUTHENTICATED, visitor.denied().message(), null));
            return null;
        }
        GrpcService service = intake.grpcService(headers.path());
        if (service == null) {
            writeError(streamId, unimplemented(intake, "unknown method " + headers.path()));
            return null;
        }
        if (!service.outlet().isConnected()) {
            writeError(streamId, unimplemented(intake, "no pipeline takes what " + headers.path() + " receives"));
            return null;
        }
        Coding coding = coding(headers.get(GrpcReplies.GRPC_ENCODING), intake.options());
        if (coding == null) {
            writeError(
                    streamId,
                    unimplemented(
                            intake,
                            "grpc-encoding: " + headers.get(GrpcReplies.GRPC_ENCODING) + " (expected: "
                                    + intake.options().codingNames(", ") + ")"));
            return null;
        }
        CharSequence timeout = headers.get(GrpcReplies.GRPC_TIMEOUT);
        Duration limit = timeout == null ? null : GrpcMessages.timeout(timeout);
        long now = System.nanoTime();
        long deadline =
                limit == null || limit.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : now + limit.toNanos();
        Submission submission = new Submission(intake, service, coding, "application/grpc", visitor);
        return new GrpcCall(this, streamId, service, submission, now, deadline);
    }

    private static Http2Headers unimplemented(Intake intake, String message) {
        return GrpcReplies.error(GrpcStatus.UNIMPLEMENTED, message, null)
                .add(GrpcReplies.ACCEPT_ENCODING, intake.options().codingNames(","));
    }

    /** {@code application/grpc}, alone or with {@code +proto} or parameters after it. */
    private static boolean isGrpc(CharSequence contentType) {
        int length = GrpcReplies.APPLICATION_GRPC.length();
        if (!AsciiString.regionMatches(contentType, true, 0, GrpcReplies.APPLICATION_GRPC, 0, length)) {
            return false;
        }
        String rest = contentType.subSequence(length, contentType.length()).toString();
        return rest.isEmpty() || rest.startsWith(";") || rest.equals("+proto") || rest.startsWith("+proto;");
    }

    private static @Nullable Coding coding(@Nullable CharSequence encoding, ServerOptions options) {
        if (encoding == null || AsciiString.contentEqualsIgnoreCase("identity", encoding)) {
            return Coding.IDENTITY;
        }
        return options.codings().get(Coding.name(encoding.toString()));
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end) {
        int consumed = data.readableBytes() + padding;
        Http2Stream stream = handler.connection().stream(streamId);
        GrpcCall call = stream == null ? null : stream.getProperty(callKey);
        if (call != null) {
            reading = true;
            endingStream = end ? streamId : 0;
            try {
                call.data(data, end);
            } finally {
                reading = false;
                endingStream = 0;
            }
        }
        return consumed;
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        if (pings.isFlood(System.nanoTime(), handler.connection().numActiveStreams() > 0)) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too_many_pings");
        }
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) {
        lifetime.pingAnswered();
    }

    @Override
    public void onStreamRemoved(Http2Stream stream) {
        GrpcCall call = stream.removeProperty(callKey);
        if (call != null) {
            call.closed();
        }
    }

    /** Runs on the connection's event loop, now if this is it. */
    void execute(Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
        } else {
            ctx.executor().execute(task);
        }
    }

    void writeSuccess(int streamId, byte[] response) {
        if (handler.connection().stream(streamId) == null) {
            return;
        }
        handler.encoder().writeHeaders(ctx, streamId, success, 0, false, ctx.newPromise());
        handler.encoder().writeData(ctx, streamId, GrpcReplies.message(response), 0, false, ctx.newPromise());
        handler.encoder().writeHeaders(ctx, streamId, GrpcReplies.SUCCESS_TRAILERS, 0, true, ctx.newPromise());
        flush();
    }

    void writeError(int streamId, Http2Headers headers) {
        Http2Stream stream = handler.connection().stream(streamId);
        if (stream == null) {
            return;
        }
        boolean requestEnded = streamId == endingStream || stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE;
        handler.encoder().writeHeaders(ctx, streamId, headers, 0, true, ctx.newPromise());
        if (!requestEnded) {
            // The answer is final: tells the client to stop sending, which NO_ERROR is reserved for.
            handler.resetStream(ctx, streamId, Http2Error.NO_ERROR.code(), ctx.newPromise());
        }
        flush();
    }

    private void flush() {
        pings.wrote();
        // While reading, the handler flushes once for all that was answered in the meantime.
        if (!reading) {
            handler.flush(ctx);
        }
    }

    private void watch() {
        if (!checking) {
            checking = true;
            long millis = intakes.get().timeouts().check().toMillis();
            ctx.executor().schedule(this::check, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        checking = false;
        if (!ctx.channel().isActive() || handler.connection().numActiveStreams() == 0) {
            return;
        }
        long now = System.nanoTime();
        try {
            handler.connection().forEachActiveStream(stream -> {
                GrpcCall call = stream.getProperty(callKey);
                if (call != null) {
                    call.check(now);
                }
                return true;
            });
        } catch (Http2Exception e) {
            ctx.fireExceptionCaught(e);
        }
        watch();
    }
}
