package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a blueprint gives: a part of a stack for all clusters that inherit, and parts for some of them.
 *
 * @param spec a document such as a cluster's stack, which may say as little as it wants
 * @param overrides laid over it in this order, each where its selector matches
 */
public record BlueprintContent(
        @NotNull(message = Expected.OBJECT) ObjectNode spec,

        @NotNull(message = Expected.LIST) @Size(max = 64, message = "expected: at most 64 overrides")
        List<@NotNull(message = Expected.OBJECT) @Valid Override> overrides) {
    private static final String NAME_EXPECTED = "expected: 1 to 60 letters, digits, hyphens and underscores";

    public BlueprintContent {
        overrides = Expected.list(overrides);
    }

    /** The name of an override that another one has, too. */
    @Nullable
    String duplicate() {
        Set<String> names = new HashSet<>();
        for (Override override : overrides) {
            if (!names.add(override.name())) {
                return override.name();
            }
        }
        return null;
    }

    /** A part of a stack for the clusters that a selector chooses. */
    public record Override(
            @NotNull(message = NAME_EXPECTED) @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
            String name,

            @NotNull(message = Expected.OBJECT) @Valid Selector selector,
            @NotNull(message = Expected.OBJECT) ObjectNode spec) {}

    /** Chooses clusters that are of an environment, if one is given, and have all the labels. */
    public record Selector(
            @Nullable @Size(max = 40, message = "expected: at most 40 characters")
            String environment,

            @Size(max = 32, message = "expected: at most 32 labels")
            Map<String, String> labels) {
        public Selector {
            labels = Expected.sorted(labels);
        }

        boolean matches(ClusterTraits cluster) {
            return (environment == null || environment.equals(cluster.environment()))
                    && cluster.labels().entrySet().containsAll(labels.entrySet());
        }
    }
}
