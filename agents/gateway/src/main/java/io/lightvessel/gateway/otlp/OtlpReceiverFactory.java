package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@code otlp} receivers; a reconfigured one goes on with the sockets and connections of its predecessor. */
public final class OtlpReceiverFactory implements ReceiverFactory {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpReceiverFactory.class);
    private static final List<Signal> SIGNALS = List.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);

    private final Transport transport;
    private final Timeouts timeouts;

    public OtlpReceiverFactory(Transport transport) {
        this(transport, Timeouts.DEFAULT);
    }

    OtlpReceiverFactory(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
    }

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        OtlpReceiver running = previous instanceof OtlpReceiver receiver ? receiver : null;
        Map<Protocol, Listener> listeners = new EnumMap<>(Protocol.class);
        Map<Protocol, Intake> intakes = new EnumMap<>(Protocol.class);
        try {
            OtlpReceiverSettings read = OtlpReceiverSettings.of(settings);
            for (Map.Entry<Protocol, OtlpReceiverSettings.Endpoint> entry :
                    read.endpoints().entrySet()) {
                Protocol protocol = entry.getKey();
                OtlpReceiverSettings.Endpoint endpoint = entry.getValue();
                Intake intake = endpoint.intake(outlets(context, protocol), context.budget(), timeouts);
                Optional<Listener> kept =
                        Optional.ofNullable(running).map(receiver -> receiver.listener(protocol, endpoint.address()));
                listeners.put(
                        protocol,
                        kept.isPresent()
                                ? kept.get().retain()
                                : Listener.bind(transport, endpoint.address(), protocol, intake));
                intakes.put(protocol, intake);
            }
        } catch (ComponentFailure e) {
            listeners.values().forEach(listener -> listener.release(Duration.ZERO));
            throw new ComponentFailure("receiver " + context.id() + ": " + e.getMessage(), e);
        }
        return new PreparedReceiver("receiver " + context.id(), new OtlpReceiver(listeners), listeners, intakes);
    }

    private static Map<Signal, Outlet> outlets(ReceiverContext context, Protocol protocol) {
        Map<Signal, Outlet> outlets = new EnumMap<>(Signal.class);
        for (Signal signal : SIGNALS) {
            outlets.put(signal, context.outlet(signal, protocol.label()));
        }
        return outlets;
    }

    private record PreparedReceiver(
            String id, OtlpReceiver component, Map<Protocol, Listener> listeners, Map<Protocol, Intake> intakes)
            implements Prepared<Receiver> {
        @Override
        public void commit() {
            intakes.forEach((protocol, intake) -> {
                Listener listener = listeners.get(protocol);
                if (listener != null) {
                    listener.open(intake);
                    LOG.info("{}: {} on {}", id, protocol.label(), listener.address());
                }
            });
        }

        @Override
        public void abort() {
            listeners.values().forEach(listener -> listener.release(Duration.ZERO));
        }
    }
}
