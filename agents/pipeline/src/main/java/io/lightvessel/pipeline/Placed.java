package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;

/** The part of a component's context that is the same for all kinds. */
interface Placed extends ComponentContext {

    Place place();

    default ComponentConfig config() {
        return place().config();
    }

    default HealthCell healthCell() {
        return place().health();
    }

    default OwnMetrics.Scope metricsScope() {
        return place().metrics();
    }

    @Override
    default <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        return place().extensions().find(id, capability);
    }

    @Override
    default ComponentId id() {
        return config().id();
    }

    @Override
    default Timer timer() {
        return place().means().timer();
    }

    @Override
    default HealthReporter health() {
        return place().health();
    }

    @Override
    default ComponentMetrics metrics() {
        return place().metrics();
    }
}
