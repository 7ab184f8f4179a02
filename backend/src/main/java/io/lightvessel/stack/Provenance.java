package io.lightvessel.stack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each value of a revision comes from, by JSON pointer; lists are one value. */
public record Provenance(int revision, @Nullable Inheritance inheritance, Map<String, Origin> origins) {}
