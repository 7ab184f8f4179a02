package io.lightvessel.stack;

/** The stack that a blueprint would give a cluster, and what saving it would do. */
public record InheritancePreview(StackSpec spec, StackPreview preview) {}
