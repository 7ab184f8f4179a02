package io.lightvessel.config.expression;

import org.jspecify.annotations.Nullable;

/** The record an expression is about. Values are texts, longs, doubles, booleans, lists, maps, and null. */
public interface Scope {

    String body();

    String severityText();

    long severityNumber();

    @Nullable
    Object attribute(String name);

    boolean hasAttribute(String name);

    /** An attribute of the resource. */
    @Nullable
    String resource(String name);
}
