package io.lightvessel.conformance.client;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that servers answer. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** One JSON value and nothing after it; a missing node for an empty text. */
    public static JsonNode read(byte[] text) throws JacksonException {
        return MAPPER.readTree(text);
    }
}
