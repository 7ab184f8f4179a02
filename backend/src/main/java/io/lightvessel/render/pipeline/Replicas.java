package io.lightvessel.render.pipeline;

import io.lightvessel.stack.HpaPolicy;

/** The gateway's replicas: what they are called, where they run, how many there are and how their number moves. */
public record Replicas(String name, String namespace, int number, HpaPolicy scaling) {}
