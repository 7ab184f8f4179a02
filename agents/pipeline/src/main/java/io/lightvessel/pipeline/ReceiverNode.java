package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A receiver's place beside the graph, and what it gets from the engine. */
final class ReceiverNode implements ReceiverContext {

    private final ComponentConfig config;
    private final Means means;
    private final GraphSlot slot;
    private final ExtensionSet extensions;
    private final HealthCell health;
    private final OwnMetrics.Scope metrics;
    private @Nullable Receiver receiver;

    ReceiverNode(ComponentConfig config, Means means, GraphSlot slot, ExtensionSet extensions) {
        this.config = config;
        this.means = means;
        this.slot = slot;
        this.extensions = extensions;
        this.health = means.healthCell("receiver " + config.id());
        this.metrics = means.metrics().scope(Map.of("receiver", config.id().toString()));
    }

    void run(Receiver made) {
        this.receiver = made;
    }

    Receiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("receiver " + config.id() + " is used before it was made");
        }
        return receiver;
    }

    void stop(Duration grace) {
        Stopping.run("receiver " + config.id(), () -> receiver().stop(grace));
    }

    OwnMetrics.Scope metricsScope() {
        return metrics;
    }

    ComponentConfig config() {
        return config;
    }

    HealthCell healthCell() {
        return health;
    }

    @Override
    public Outlet outlet(Signal signal, String transport) {
        return new ReceiverOutlet(config.id(), signal, transport, slot, means.books());
    }

    @Override
    public ByteBudget budget() {
        return means.budget();
    }

    @Override
    public <T extends Extension> T extension(ComponentId wanted, Class<T> capability) throws ComponentFailure {
        return extensions.find(wanted, capability);
    }

    @Override
    public ComponentId id() {
        return config.id();
    }

    @Override
    public Timer timer() {
        return means.timer();
    }

    @Override
    public HealthReporter health() {
        return health;
    }

    @Override
    public ComponentMetrics metrics() {
        return metrics;
    }
}
