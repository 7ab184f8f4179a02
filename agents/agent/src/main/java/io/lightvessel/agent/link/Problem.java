package io.lightvessel.agent.link;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The server's reason for a refusal, from a problem+json body if it sent one. */
record Problem(
        @Nullable String code,
        @Nullable String title,
        @Nullable String detail) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 500;

    static Problem parse(@Nullable String body) {
        String code = null;
        String title = null;
        String detail = null;
        if (body == null || !body.stripLeading().startsWith("{")) {
            return new Problem(null, null, null);
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    switch (name) {
                        case "code" -> code = cut(json.getString());
                        case "title" -> title = cut(json.getString());
                        case "detail" -> detail = cut(json.getString());
                        default -> {}
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // Whatever was readable up to here is still the best that can be told.
            return new Problem(code, title, detail);
        }
        return new Problem(code, title, detail);
    }

    String sentence() {
        String text = detail != null ? detail : title;
        if (text == null) {
            return "no reason given";
        }
        return code == null ? text : text + " [" + code + "]";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
