package io.lightvessel.wire;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON form of a signed config; fields it does not know are skipped so that later versions may add some. */
final class SignedConfigJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SignedConfigJson() {}

    static byte[] write(SignedConfig config) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("tenant", config.tenant());
            json.writeStringProperty("cluster", config.cluster());
            json.writeStringProperty("role", config.role());
            json.writeNumberProperty("revision", config.revision());
            json.writeNumberProperty("notAfter", config.notAfter());
            json.writeStringProperty("sha256", config.sha256());
            json.writeStringProperty("keyId", config.keyId());
            json.writeStringProperty("signature", config.signature());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static SignedConfig read(byte[] bytes) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("signed config: not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(name, json.getString());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(name, json.getLongValue());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("signed config: malformed JSON: " + e.getOriginalMessage(), e);
        }
        return new SignedConfig(
                required(texts, "tenant", "text"),
                required(texts, "cluster", "text"),
                required(texts, "role", "text"),
                required(numbers, "revision", "a whole number"),
                required(numbers, "notAfter", "a whole number"),
                required(texts, "sha256", "text"),
                required(texts, "keyId", "text"),
                required(texts, "signature", "text"));
    }

    private static <T> T required(Map<String, T> values, String name, String expected) {
        T value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("signed config: no " + name + " (expected: " + expected + ")");
        }
        return value;
    }
}
