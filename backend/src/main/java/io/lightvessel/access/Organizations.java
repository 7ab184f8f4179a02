package io.lightvessel.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the claim {@code organization}: a list of aliases, or, as Keycloak also sends it, a map with them as keys. */
final class Organizations {
    static final String CLAIM = "organization";

    private Organizations() {}

    static List<String> of(@Nullable Object claim) {
        return switch (claim) {
            case Map<?, ?> map -> texts(map.keySet());
            case Collection<?> list -> texts(list);
            case String single -> List.of(single);
            case null, default -> List.of();
        };
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .sorted()
                .toList();
    }
}
