package io.lightvessel.platform.ui;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the claim that says which organisations somebody belongs to; Keycloak writes it as a list or as a map. */
final class OrganizationClaim {

    static final String NAME = "organization";

    private OrganizationClaim() {}

    static List<String> slugs(@Nullable Object claim) {
        return switch (claim) {
            case null -> List.of();
            case Map<?, ?> byAlias ->
                byAlias.keySet().stream().map(Objects::toString).toList();
            case Iterable<?> aliases -> {
                List<String> slugs = new java.util.ArrayList<>();
                aliases.forEach(alias -> slugs.add(Objects.toString(alias)));
                yield List.copyOf(slugs);
            }
            default -> List.of(claim.toString());
        };
    }
}
