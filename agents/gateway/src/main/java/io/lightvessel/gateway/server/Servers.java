package io.lightvessel.gateway.server;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes receivers of endpoints; a reconfigured one goes on with the sockets and connections of its predecessor. */
public final class Servers {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final Transport transport;
    private final Timeouts timeouts;

    public Servers(Transport transport) {
        this(transport, Timeouts.DEFAULT);
    }

    public Servers(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
    }

    /**
     * Binds what is not bound yet. Nothing is accepted and no request changes hands before the commit.
     *
     * @param previous the receiver to take over from, as in {@link io.lightvessel.pipeline.ReceiverFactory#prepare}
     */
    public Prepared<Receiver> prepare(ReceiverContext context, List<Endpoint> endpoints, @Nullable Receiver previous)
            throws ComponentFailure {
        NetworkReceiver running = previous instanceof NetworkReceiver receiver ? receiver : null;
        Map<String, Listener> listeners = new LinkedHashMap<>();
        Map<String, Intake> intakes = new LinkedHashMap<>();
        try {
            for (Endpoint endpoint : endpoints) {
                Intake intake = new Intake(endpoint, context.budget(), timeouts);
                Listener kept = running == null ? null : running.listener(endpoint);
                listeners.put(
                        endpoint.label(),
                        kept != null
                                ? kept.retain()
                                : Listener.bind(transport, endpoint.options().address(), endpoint.protocol(), intake));
                intakes.put(endpoint.label(), intake);
            }
        } catch (ComponentFailure e) {
            listeners.values().forEach(listener -> listener.release(Duration.ZERO));
            throw e;
        }
        return new PreparedReceiver("receiver " + context.id(), new NetworkReceiver(listeners), listeners, intakes);
    }

    private record PreparedReceiver(
            String id, NetworkReceiver component, Map<String, Listener> listeners, Map<String, Intake> intakes)
            implements Prepared<Receiver> {
        @Override
        public void commit() {
            intakes.forEach((label, intake) -> {
                Listener listener = listeners.get(label);
                if (listener != null) {
                    listener.open(intake);
                    LOG.info("{}: {} on {}", id, label, listener.address());
                }
            });
        }

        @Override
        public void abort() {
            listeners.values().forEach(listener -> listener.release(Duration.ZERO));
        }
    }
}
