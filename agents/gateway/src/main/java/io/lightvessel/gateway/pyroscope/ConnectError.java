package io.lightvessel.gateway.pyroscope;

import io.lightvessel.gateway.net.HttpAnswer;
import io.lightvessel.gateway.net.HttpVerdict;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server of the Connect protocol says about a request that failed.
 *
 * @param code one of the protocol's codes, such as {@code invalid_argument}; empty when it was not the server that
 *     answered, but something on the way to it
 */
record ConnectError(int status, String code, String message) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Codes after which the same request can succeed, as Alloy has them. */
    private static final Set<String> PASSING = Set.of(
            "deadline_exceeded", "unknown", "resource_exhausted", "internal", "unavailable", "data_loss", "aborted");

    /** Codes that are about this very profile; the next one may be fine. */
    private static final Set<String> ABOUT_CONTENT =
            Set.of("invalid_argument", "out_of_range", "failed_precondition", "already_exists");

    static ConnectError of(HttpAnswer response) {
        String code = "";
        String message = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), response.body())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (value == JsonToken.VALUE_STRING && name.equals("code")) {
                        code = parser.getString();
                    } else if (value == JsonToken.VALUE_STRING && name.equals("message")) {
                        message = parser.getString();
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (JacksonException e) {
            // Not from a Connect server: the status has to do.
            code = "";
        }
        byte[] said = message.isEmpty() ? response.body() : message.getBytes(StandardCharsets.UTF_8);
        return new ConnectError(response.statusCode(), code, HttpVerdict.excerpt(said));
    }

    boolean mayPass() {
        return code.isEmpty()
                ? status >= 500 && status != 501 || status == 429 || status == 408
                : PASSING.contains(code);
    }

    boolean isAboutContent() {
        return code.isEmpty() ? status == 400 || status == 413 || status == 422 : ABOUT_CONTENT.contains(code);
    }

    /** One sentence for people. */
    String sentence() {
        String what = code.isEmpty() ? "HTTP status " + status : code + " (HTTP status " + status + ")";
        return message.isEmpty() ? what : what + ": " + message;
    }
}
