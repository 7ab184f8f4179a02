package io.lightvessel.config.ottl;

import static io.lightvessel.config.ottl.Parameter.of;
import static io.lightvessel.config.ottl.Parameter.optional;

import io.lightvessel.config.ottl.Parameter.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions that change telemetry; the first parameter of each is what it changes. */
public enum Editor {
    SET(of("target", Kind.TARGET), of("value", Kind.VALUE)),
    DELETE_KEY(of("target", Kind.MAP_TARGET), of("key", Kind.LITERAL_TEXT)),
    DELETE_MATCHING_KEYS(of("target", Kind.MAP_TARGET), of("pattern", Kind.PATTERN)),
    KEEP_KEYS(of("target", Kind.MAP_TARGET), of("keys", Kind.LITERAL_TEXTS)),
    KEEP_MATCHING_KEYS(of("target", Kind.MAP_TARGET), of("pattern", Kind.PATTERN)),
    LIMIT(of("target", Kind.MAP_TARGET), of("limit", Kind.LITERAL_LIMIT), of("priority_keys", Kind.LITERAL_TEXTS)),
    MERGE_MAPS(of("target", Kind.MAP_TARGET), of("source", Kind.MAP), of("strategy", Kind.LITERAL_TEXT)),
    REPLACE_ALL_MATCHES(of("target", Kind.MAP_TARGET), of("pattern", Kind.GLOB), of("replacement", Kind.TEXT)),
    REPLACE_ALL_PATTERNS(
            of("target", Kind.MAP_TARGET),
            of("mode", Kind.LITERAL_TEXT),
            of("regex", Kind.PATTERN),
            of("replacement", Kind.TEXT)),
    REPLACE_MATCH(of("target", Kind.TARGET), of("pattern", Kind.GLOB), of("replacement", Kind.TEXT)),
    REPLACE_PATTERN(of("target", Kind.TARGET), of("regex", Kind.PATTERN), of("replacement", Kind.TEXT)),
    TRUNCATE_ALL(
            of("target", Kind.MAP_TARGET),
            of("limit", Kind.LITERAL_LIMIT),
            optional("utf8_safe", Kind.LITERAL_FLAG),
            optional("truncation_marker", Kind.LITERAL_TEXT));

    private final List<Parameter> parameters;

    Editor(Parameter... parameters) {
        this.parameters = List.of(parameters);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The function as statements spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Editor> named(String name) {
        return Arrays.stream(values())
                .filter(editor -> editor.label().equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Editor::label).toList();
    }
}
