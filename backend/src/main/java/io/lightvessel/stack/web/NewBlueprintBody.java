package io.lightvessel.stack.web;

import io.lightvessel.stack.BlueprintContent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A blueprint to create. */
record NewBlueprintBody(
        @Nullable String slug,
        @Nullable String name,
        @Nullable ObjectNode spec,
        @Nullable List<BlueprintContent.Override> overrides) {

    String slugOrNone() {
        return slug == null ? "" : slug;
    }

    String nameOrSlug() {
        return name == null || name.isBlank() ? slugOrNone() : name;
    }

    BlueprintContent content() {
        return new BlueprintContent(
                spec == null ? JsonNodeFactory.instance.objectNode() : spec, overrides == null ? List.of() : overrides);
    }
}
