package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;

/** What the engine has for one component, whatever its kind. */
record Place(
        ComponentConfig config, Means means, ExtensionSet extensions, HealthCell health, OwnMetrics.Scope metrics) {}
