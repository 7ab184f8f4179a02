package io.lightvessel.render.pipeline;

import io.lightvessel.config.Signal;
import java.util.List;

/** Records of one signal on their way from sources, through steps in their order, to each of some destinations. */
public record Pipeline(Signal signal, List<Source> sources, List<Step> steps, List<Destination> destinations) {

    public Pipeline {
        sources = List.copyOf(sources);
        steps = List.copyOf(steps);
        destinations = List.copyOf(destinations);
        if (sources.isEmpty() || destinations.isEmpty()) {
            throw new IllegalArgumentException(
                    "pipeline of %s: %d sources, %d destinations (expected: at least one of each)"
                            .formatted(signal.label(), sources.size(), destinations.size()));
        }
    }

    /** The source it is named after. */
    public Source first() {
        return sources.getFirst();
    }
}
