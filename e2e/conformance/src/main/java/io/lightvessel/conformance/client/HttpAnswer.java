package io.lightvessel.conformance.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back over HTTP.
 *
 * @param status zero when nothing did
 * @param headers by lower-case name
 * @param trouble why nothing came; empty otherwise
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, String trouble) {
    private static final int SHOWN = 160;

    public static HttpAnswer none(String trouble) {
        return new HttpAnswer(0, Map.of(), new byte[0], trouble);
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The media type without parameters, in lower case. */
    public String contentType() {
        String header = header("content-type");
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    /** The body as a google.rpc.Status in the encoding its content type names; null when it is none. */
    public @Nullable RpcStatus rpcStatus() {
        return switch (contentType()) {
            case HttpRequest.PROTOBUF -> RpcStatus.protobuf(body);
            case HttpRequest.JSON -> RpcStatus.json(body);
            default -> null;
        };
    }

    /** The answer on one line. */
    public String describe() {
        if (status == 0) {
            return "no answer: " + trouble;
        }
        String type = contentType().isEmpty() ? "no content type" : header("content-type");
        String line = status + ", " + type + ", " + body.length + " bytes";
        RpcStatus parsed = status >= 400 ? rpcStatus() : null;
        if (parsed != null) {
            return line + ", Status: " + Text.shortened(parsed.message(), SHOWN);
        }
        boolean text = !contentType().equals(HttpRequest.PROTOBUF) && body.length > 0;
        return text ? line + ", " + Text.shortened(new String(body, StandardCharsets.UTF_8), SHOWN) : line;
    }
}
