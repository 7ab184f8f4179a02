package io.lightvessel.pipeline;

import java.util.function.Supplier;

/** What an extension gets from the engine. */
public interface ExtensionContext extends ComponentContext {

    /** The health of the whole agent, as of the moment it is asked for. */
    Supplier<ComponentHealth> agentHealth();
}
