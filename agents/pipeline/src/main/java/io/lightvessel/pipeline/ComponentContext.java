package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;

/** What every component gets from the engine. */
public interface ComponentContext {

    ComponentId id();

    Timer timer();

    HealthReporter health();

    ComponentMetrics metrics();
}
