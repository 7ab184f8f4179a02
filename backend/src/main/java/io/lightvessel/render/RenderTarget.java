package io.lightvessel.render;

/** Whom a stack is rendered for. */
public enum RenderTarget {
    AGENT,
    KUBERNETES
}
