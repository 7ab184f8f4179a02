package io.lightvessel.config;

/** One component as configured; equal values mean a running instance can be kept. */
public record ComponentConfig(ComponentKind kind, ComponentId id, Settings settings) {}
