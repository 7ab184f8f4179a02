package io.lightvessel.local.sink;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a request. */
record QueryString(Map<String, List<String>> parameters) {

    static QueryString parse(@Nullable String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                String[] pair = part.split("=", 2);
                String value = pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "";
                parameters.computeIfAbsent(pair[0], key -> new ArrayList<>()).add(value);
            }
        }
        return new QueryString(parameters);
    }

    String first(String name, String fallback) {
        return parameters.getOrDefault(name, List.of(fallback)).getFirst();
    }

    int limit() {
        String limit = first("limit", "50");
        if (!limit.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 0..9999)");
        }
        return Integer.parseInt(limit);
    }

    /** Parameters of the form name=key=value; all of them have to match. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : parameters.getOrDefault(name, List.of())) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(name + ": " + text + " (expected: key=value)");
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }
}
