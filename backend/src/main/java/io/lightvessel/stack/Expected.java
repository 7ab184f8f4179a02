package io.lightvessel.stack;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The second halves of constraint messages, and what the spec's records share. */
final class Expected {
    static final String OBJECT = "expected: an object";
    static final String TEXT = "expected: a text";
    static final String PORT = "expected: 1..65535";
    static final String DNS_LABEL = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?";
    static final String DNS_LABEL_EXPECTED =
            "expected: a Kubernetes name, 1 to 63 lower-case letters, digits and hyphens";
    static final String HTTP_URL = "https?://[^\\s/?#]+\\S*";
    static final String HTTP_URL_EXPECTED = "expected: a URL beginning with http:// or https://";
    static final String HOST_PORT = "[A-Za-z0-9._\\[\\]:${}-]+:\\d{1,5}";
    static final String HOST_PORT_EXPECTED = "expected: host:port";
    static final String DURATION = "(\\d+(ms|s|m|h))+";
    static final String DURATION_EXPECTED = "expected: a duration such as 200ms or 5s";
    static final String SECRET_REFERENCE = "((Bearer|Basic) )?\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}";
    static final String SECRET_REFERENCE_EXPECTED =
            "expected: a reference to an environment variable of the agents, \\$\\{env:NAME\\}, perhaps after Bearer or Basic";
    static final String ATTRIBUTE_KEY_EXPECTED = "expected: an attribute name of 1 to 128 characters without spaces";
    static final String ATTRIBUTE_VALUE_EXPECTED = "expected: at most 1024 characters on one line";
    static final String LIST = "expected: a list";
    static final String PERCENT_EXPECTED = "expected: 0..100";
    static final String REGEX_EXPECTED = "expected: a regular expression of 1 to 500 characters";
    static final String ATTRIBUTE_VALUE = "[^\\r\\n]{0,1024}";

    private Expected() {}

    static <T> List<T> list(@Nullable List<T> items) {
        return items == null ? List.of() : List.copyOf(items);
    }

    /** Maps in a stack are ordered by key, so that equal stacks are equal texts. */
    static <T> Map<String, T> sorted(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
