package io.lightvessel.gateway.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the answer to one call and reports it once. */
final class GrpcClientCall {
    /** What OTLP lets a response have at most. */
    private static final int LARGEST_RESPONSE = 4 << 20;

    private static final int PREFIX = 5;
    private static final AsciiString GRPC_STATUS = AsciiString.cached("grpc-status");
    private static final AsciiString GRPC_MESSAGE = AsciiString.cached("grpc-message");
    private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");

    private final Consumer<GrpcOutcome> whenDone;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(PREFIX);
    private @Nullable Runnable whenFinished;
    private boolean finished;

    GrpcClientCall(Consumer<GrpcOutcome> whenDone) {
        this.whenDone = whenDone;
    }

    void whenFinished(Runnable task) {
        whenFinished = task;
    }

    void headers(Http2Headers headers, boolean end) {
        CharSequence httpStatus = headers.status();
        if (httpStatus != null && !AsciiString.contentEquals("200", httpStatus) && !headers.contains(GRPC_STATUS)) {
            finish(GrpcOutcome.failed(ofHttp(httpStatus.toString()), "HTTP status " + httpStatus));
        } else if (end) {
            trailers(headers);
        }
    }

    void data(ByteBuf data, boolean end) {
        if (body.size() + data.readableBytes() > LARGEST_RESPONSE) {
            finish(GrpcOutcome.failed(
                    GrpcStatus.UNKNOWN, "the response is larger than " + LARGEST_RESPONSE + " bytes"));
            return;
        }
        byte[] piece = new byte[data.readableBytes()];
        data.getBytes(data.readerIndex(), piece);
        body.writeBytes(piece);
        if (end) {
            finish(GrpcOutcome.failed(GrpcStatus.UNKNOWN, "the response ended without a status"));
        }
    }

    void finish(GrpcOutcome outcome) {
        if (finished) {
            return;
        }
        finished = true;
        Runnable task = whenFinished;
        if (task != null) {
            task.run();
        }
        whenDone.accept(outcome);
    }

    private void trailers(Http2Headers trailers) {
        CharSequence code = trailers.get(GRPC_STATUS);
        if (code == null) {
            finish(GrpcOutcome.failed(GrpcStatus.UNKNOWN, "the response has no grpc-status"));
            return;
        }
        GrpcStatus status = status(code);
        CharSequence message = trailers.get(GRPC_MESSAGE);
        CharSequence details = trailers.get(DETAILS);
        Duration delay = details == null ? null : RetryInfo.delay(details);
        finish(new GrpcOutcome(status, message == null ? "" : GrpcMessages.decode(message), delay, message()));
    }

    private static GrpcStatus status(CharSequence code) {
        try {
            return GrpcStatus.of(Integer.parseInt(code.toString()));
        } catch (NumberFormatException e) {
            return GrpcStatus.UNKNOWN;
        }
    }

    private byte[] message() {
        byte[] framed = body.toByteArray();
        if (framed.length < PREFIX || framed[0] != 0) {
            return new byte[0];
        }
        return java.util.Arrays.copyOfRange(framed, PREFIX, framed.length);
    }

    /** What gRPC makes of the HTTP status of something that is no gRPC server, a proxy mostly. */
    private static GrpcStatus ofHttp(String status) {
        return switch (status) {
            case "400" -> GrpcStatus.INTERNAL;
            case "401" -> GrpcStatus.UNAUTHENTICATED;
            case "403" -> GrpcStatus.PERMISSION_DENIED;
            case "404" -> GrpcStatus.UNIMPLEMENTED;
            case "429", "502", "503", "504" -> GrpcStatus.UNAVAILABLE;
            default -> GrpcStatus.UNKNOWN;
        };
    }
}
