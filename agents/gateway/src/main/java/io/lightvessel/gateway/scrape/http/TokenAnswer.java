package io.lightvessel.gateway.scrape.http;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a token server answered (RFC 6749, 5.1). Errors say nothing of what stood there, which may be a token.
 *
 * @param header the Authorization header that carries the token
 * @param seconds how long it is good for, at most a year
 */
record TokenAnswer(String header, long seconds) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NEVER = Duration.ofDays(365).toSeconds();

    static TokenAnswer of(byte[] body) throws IOException {
        String value = "";
        String type = "Bearer";
        long seconds = NEVER;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the token server's answer is no JSON object");
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                switch (name) {
                    case "access_token" -> value = text(json, token);
                    case "token_type" -> type = text(json, token);
                    case "expires_in" ->
                        seconds = token == JsonToken.VALUE_STRING
                                ? Long.parseLong(json.getString())
                                : json.getLongValue();
                    default -> json.skipChildren();
                }
            }
        } catch (JacksonException | NumberFormatException e) {
            // The cause would repeat what is in the answer.
            throw new IOException("the token server's answer cannot be read (expected: a JSON object)");
        }
        if (value.isEmpty()) {
            throw new IOException("the token server's answer has no access_token");
        }
        String scheme = type.isEmpty() || type.equalsIgnoreCase("bearer") ? "Bearer" : type;
        if (!isVisible(value) || !isVisible(scheme)) {
            throw new IOException("the token server's access_token or token_type cannot stand in a header"
                    + " (expected: visible ASCII characters)");
        }
        return new TokenAnswer(scheme + " " + value, Math.clamp(seconds, 0, NEVER));
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Empty for what is no text. */
    private static String text(JsonParser json, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return "";
    }
}
