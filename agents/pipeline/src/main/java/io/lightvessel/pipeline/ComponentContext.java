package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;

/** What every component gets from the engine. */
public interface ComponentContext {

    ComponentId id();

    Timer timer();

    HealthReporter health();

    ComponentMetrics metrics();

    /**
     * An extension that the component's settings name, as what the component needs of it. It stays valid as long as the
     * component: when the extension changes, the component is made anew.
     *
     * @throws ComponentFailure when the extension could not start or is none of that kind
     */
    <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure;
}
