package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.protobuf.ProtoWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes {@code google.rpc.Status}, the error body of OTLP/HTTP and the status details of gRPC. */
public final class RpcStatus {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private RpcStatus() {}

    public static byte[] protobuf(GrpcStatus status, String message, @Nullable Duration retryDelay) {
        ProtoWriter out = new ProtoWriter(64 + message.length());
        out.varint(1, status.code());
        out.string(2, message);
        if (retryDelay != null) {
            int any = out.begin(3);
            out.string(1, RETRY_INFO);
            int info = out.begin(2);
            int delay = out.begin(1);
            out.varint(1, retryDelay.getSeconds());
            out.varint(2, retryDelay.getNano());
            out.end(delay);
            out.end(info);
            out.end(any);
        }
        return out.toByteArray();
    }

    /** The same in protobuf's JSON; the delay of OTLP/HTTP travels as a header. */
    public static String json(GrpcStatus status, String message) {
        return "{\"code\":" + status.code() + ",\"message\":" + quoted(message) + "}";
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
