package io.lightvessel.gateway.server;

import io.lightvessel.gateway.grpc.GrpcMessages;
import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The header blocks a gRPC server answers with. */
final class GrpcReplies {
    static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    static final AsciiString APPLICATION_GRPC = AsciiString.cached("application/grpc");
    static final AsciiString GRPC_ENCODING = AsciiString.cached("grpc-encoding");
    static final AsciiString GRPC_TIMEOUT = AsciiString.cached("grpc-timeout");
    private static final AsciiString GRPC_STATUS = AsciiString.cached("grpc-status");
    private static final AsciiString GRPC_MESSAGE = AsciiString.cached("grpc-message");
    private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
    static final AsciiString ACCEPT_ENCODING = AsciiString.cached("grpc-accept-encoding");
    private static final AsciiString OK = AsciiString.cached("200");
    /** Header blocks are limited at the client too; what is cut off is in our own log's counters by reason. */
    private static final int LONGEST_MESSAGE = 1024;

    static final Http2Headers SUCCESS_TRAILERS =
            ReadOnlyHttp2Headers.trailers(false, GRPC_STATUS, AsciiString.cached("0"));
    static final Http2Headers UNSUPPORTED_MEDIA_TYPE =
            ReadOnlyHttp2Headers.serverHeaders(false, AsciiString.cached("415"));
    static final Http2Headers METHOD_NOT_ALLOWED = ReadOnlyHttp2Headers.serverHeaders(
            false, AsciiString.cached("405"), AsciiString.cached("allow"), AsciiString.cached("POST"));
    /** One message of length zero: what nearly all calls are answered. */
    private static final ByteBuf EMPTY_MESSAGE =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(5).writeZero(5).asReadOnly());

    private GrpcReplies() {}

    /** The headers of a successful call; the same for all calls of a connection. */
    static Http2Headers success(String acceptedEncodings) {
        return ReadOnlyHttp2Headers.serverHeaders(
                false, OK, CONTENT_TYPE, APPLICATION_GRPC, ACCEPT_ENCODING, new AsciiString(acceptedEncodings));
    }

    static ByteBuf message(byte[] response) {
        if (response.length == 0) {
            return EMPTY_MESSAGE.duplicate();
        }
        return Unpooled.buffer(5 + response.length)
                .writeByte(0)
                .writeInt(response.length)
                .writeBytes(response);
    }

    /** Headers and trailers in one, for calls that end with an error. */
    static Http2Headers error(GrpcStatus status, String message, @Nullable Duration retryDelay) {
        String text = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status(OK)
                .add(CONTENT_TYPE, APPLICATION_GRPC)
                .add(GRPC_STATUS, Integer.toString(status.code()))
                .add(GRPC_MESSAGE, GrpcMessages.encode(text));
        if (retryDelay != null || status == GrpcStatus.INVALID_ARGUMENT) {
            byte[] details = RpcStatus.protobuf(status, text, retryDelay);
            headers.add(DETAILS, Base64.getEncoder().withoutPadding().encodeToString(details));
        }
        return headers;
    }
}
