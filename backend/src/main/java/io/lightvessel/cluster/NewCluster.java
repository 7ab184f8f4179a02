package io.lightvessel.cluster;

import io.lightvessel.platform.Slug;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What someone says about a cluster when adding it; the name defaults to the slug. */
public record NewCluster(
        @NotNull(message = "expected: a slug") @Pattern(regexp = Slug.PATTERN, message = "expected: " + Slug.EXPECTED)
        String slug,

        @Nullable @Size(max = 100, message = "expected: at most 100 characters")
        String name,

        @Nullable @Size(max = 40, message = "expected: at most 40 characters")
        String environment,

        @Nullable @Size(max = 32, message = "expected: at most 32 labels")
        Map<
                        @Size(min = 1, max = 63, message = "expected: a key of 1 to 63 characters") String,
                        @NotNull(message = "expected: a value")
                        @Size(max = 63, message = "expected: at most 63 characters") String>
                labels) {

    public NewCluster(String slug) {
        this(slug, null, null, null);
    }

    String nameOrSlug() {
        return name == null || name.isBlank() ? slug : name;
    }

    String environmentOrNone() {
        return environment == null ? "" : environment;
    }

    Map<String, String> sortedLabels() {
        return labels == null ? Map.of() : new TreeMap<>(labels);
    }
}
