package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A receiver's place beside the graph, and what it gets from the engine. */
final class ReceiverNode implements ReceiverContext, Placed {

    private final GraphSlot slot;
    private final Place place;
    private @Nullable Receiver receiver;

    ReceiverNode(ComponentConfig config, Means means, GraphSlot slot, ExtensionSet extensions) {
        this.slot = slot;
        this.place = new Place(
                config,
                means,
                extensions,
                means.healthCell("receiver " + config.id()),
                means.metrics().scope(Map.of("receiver", config.id().toString())));
    }

    @Override
    public Place place() {
        return place;
    }

    void run(Receiver made) {
        this.receiver = made;
    }

    Receiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("receiver " + id() + " is used before it was made");
        }
        return receiver;
    }

    void stop(Duration grace) {
        Stopping.run("receiver " + id(), () -> receiver().stop(grace));
    }

    @Override
    public Outlet outlet(Signal signal, String transport) {
        return new ReceiverOutlet(id(), signal, transport, slot, place.means().books());
    }

    @Override
    public ByteBudget budget() {
        return place.means().budget();
    }
}
