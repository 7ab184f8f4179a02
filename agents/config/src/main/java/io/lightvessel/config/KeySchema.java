package io.lightvessel.config;

import org.jspecify.annotations.Nullable;

/**
 * One key: its name, type, default and meaning.
 *
 * @param defaultValue as text in the config's own notation; null when there is none
 * @param required must be set by the user
 * @param effective false for keys that are accepted so that the Collector's configs can be used, but change nothing here
 * @param secret its value never appears in logs, findings or effective configs
 */
public record KeySchema(
        String name,
        ValueType type,
        @Nullable String defaultValue,
        boolean required,
        boolean secret,
        boolean effective,
        String doc) {}
