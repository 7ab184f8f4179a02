package io.lightvessel.render.companion;

import io.lightvessel.stack.Destination;
import io.lightvessel.stack.StackSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack's backends by what they are, the first of each kind. */
record Systems(
        @Nullable Named<Destination.Prometheus> prometheus,
        @Nullable Named<Destination.Mimir> mimir,
        @Nullable Named<Destination.Loki> loki,
        @Nullable Named<Destination.Tempo> tempo,
        @Nullable Named<Destination.Pyroscope> pyroscope) {

    /** A destination and what the stack calls it. */
    record Named<D extends Destination>(String name, D destination) {
        String path() {
            return "backends.destinations." + name;
        }
    }

    static Systems of(StackSpec spec) {
        return new Systems(
                first(spec, Destination.Prometheus.class),
                first(spec, Destination.Mimir.class),
                first(spec, Destination.Loki.class),
                first(spec, Destination.Tempo.class),
                first(spec, Destination.Pyroscope.class));
    }

    private static <D extends Destination> @Nullable Named<D> first(StackSpec spec, Class<D> kind) {
        for (Map.Entry<String, Destination> entry :
                spec.backends().destinations().entrySet()) {
            if (kind.isInstance(entry.getValue())) {
                return new Named<>(entry.getKey(), kind.cast(entry.getValue()));
            }
        }
        return null;
    }

    /** Whether there is a store for series. */
    boolean haveMetrics() {
        return prometheus != null || mimir != null;
    }
}
