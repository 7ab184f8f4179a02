package io.lightvessel.conformance.client;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back of a call.
 *
 * @param headers with the trailers among them
 * @param trouble what was wrong with stream or connection; empty when nothing was
 */
public record GrpcAnswer(Map<String, String> headers, byte[] data, String trouble) {
    private static final int SHOWN = 160;

    public static GrpcAnswer none(String trouble) {
        return new GrpcAnswer(Map.of(), new byte[0], trouble);
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Null when the answer has no status of gRPC, or one that gRPC does not know. */
    public @Nullable GrpcCode code() {
        String text = header("grpc-status");
        for (GrpcCode code : GrpcCode.values()) {
            if (text.equals(Integer.toString(code.ordinal()))) {
                return code;
            }
        }
        return null;
    }

    /** The message, when there is exactly one and it is not compressed; null otherwise. */
    public byte @Nullable [] message() {
        if (data.length < 5) {
            return null;
        }
        ByteBuffer prefix = ByteBuffer.wrap(data);
        boolean plain = prefix.get() == 0;
        return plain && prefix.getInt() == data.length - 5 ? Arrays.copyOfRange(data, 5, data.length) : null;
    }

    /** What {@code grpc-status-details-bin} holds; null when there is none or it is no Status. */
    public @Nullable RpcStatus details() {
        String text = header("grpc-status-details-bin");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return RpcStatus.protobuf(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The answer on one line. */
    public String describe() {
        if (headers.isEmpty()) {
            return "no answer: " + trouble;
        }
        StringBuilder line = new StringBuilder(header(":status")).append(", ");
        GrpcCode code = code();
        line.append(code == null ? "no grpc-status" : code.name());
        String message = header("grpc-message");
        if (!message.isEmpty()) {
            line.append(": ").append(Text.shortened(decoded(message), SHOWN));
        }
        return trouble.isEmpty()
                ? line.toString()
                : line.append(", ").append(trouble).toString();
    }

    private static String decoded(String message) {
        try {
            return URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return message;
        }
    }
}
