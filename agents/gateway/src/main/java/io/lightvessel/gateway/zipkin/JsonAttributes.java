package io.lightvessel.gateway.zipkin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a flat JSON object as attributes; nested values are left out, as the Collector does. */
final class JsonAttributes {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonAttributes() {}

    /** Null when the text is no JSON object. */
    static @Nullable Map<String, Object> read(String text) {
        if (text.equals("null")) {
            return Map.of();
        }
        if (!text.startsWith("{")) {
            return null;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                Object value = switch (token) {
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER_INT -> parser.getLongValue();
                    case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> null;
                };
                if (value == null) {
                    parser.skipChildren();
                } else {
                    attributes.put(name, value);
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? attributes : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Object) (long) value : (Object) value;
    }
}
