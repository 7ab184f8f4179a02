package io.lightvessel.gateway.grpc;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes {@code google.rpc.Status}, the error body of OTLP/HTTP and the status details of gRPC. */
public final class RpcStatus {
    private static final String TYPE = "type.googleapis.com/";
    private static final String RETRY_INFO = "google.rpc.RetryInfo";
    private static final String BAD_REQUEST = "google.rpc.BadRequest";

    private RpcStatus() {}

    /** With RetryInfo when there is a delay, and BadRequest when the request is at fault. */
    public static byte[] protobuf(GrpcStatus status, String message, @Nullable Duration retryDelay) {
        ProtoWriter out = new ProtoWriter(64 + 2 * message.length());
        out.varint(1, status.code());
        out.string(2, message);
        if (retryDelay != null) {
            int any = out.begin(3);
            out.string(1, TYPE + RETRY_INFO);
            int info = out.begin(2);
            int delay = out.begin(1);
            out.varint(1, retryDelay.getSeconds());
            out.varint(2, retryDelay.getNano());
            out.end(delay);
            out.end(info);
            out.end(any);
        }
        if (status == GrpcStatus.INVALID_ARGUMENT) {
            int any = out.begin(3);
            out.string(1, TYPE + BAD_REQUEST);
            int request = out.begin(2);
            int violation = out.begin(1);
            out.string(1, field(message));
            out.string(2, message);
            out.end(violation);
            out.end(request);
            out.end(any);
        }
        return out.toByteArray();
    }

    /** The same in protobuf's JSON. */
    public static String json(GrpcStatus status, String message, @Nullable Duration retryDelay) {
        StringBuilder json = new StringBuilder("{\"code\":" + status.code() + ",\"message\":" + quoted(message));
        if (retryDelay != null) {
            json.append(",\"details\":[{\"@type\":\"" + TYPE + RETRY_INFO + "\",\"retryDelay\":\"")
                    .append(BigDecimal.valueOf(retryDelay.toMillis(), 3)
                            .stripTrailingZeros()
                            .toPlainString())
                    .append("s\"}]");
        } else if (status == GrpcStatus.INVALID_ARGUMENT) {
            json.append(",\"details\":[{\"@type\":\"" + TYPE + BAD_REQUEST + "\",\"fieldViolations\":[{\"field\":")
                    .append(quoted(field(message)))
                    .append(",\"description\":")
                    .append(quoted(message))
                    .append("}]}]");
        }
        return json.append('}').toString();
    }

    /** The path at the start of a message such as {@code /resourceSpans/0: 7 (expected: an object)}; else empty. */
    private static String field(String message) {
        int colon = message.indexOf(": ");
        return message.startsWith("/") && colon > 0
                ? message.substring(1, colon).replace('/', '.')
                : "";
    }

    /** A text as JSON writes it. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
