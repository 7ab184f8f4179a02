package io.lightvessel.config;

import java.util.Comparator;

/**
 * Names one pipeline: its signal and, after a slash, an optional name, as in {@code metrics/scrape}.
 *
 * @param name empty when the id is just the signal
 */
public record PipelineId(Signal signal, String name) implements Comparable<PipelineId> {

    private static final Comparator<PipelineId> ORDER =
            Comparator.comparing(PipelineId::signal).thenComparing(PipelineId::name);

    public static PipelineId of(Signal signal) {
        return new PipelineId(signal, "");
    }

    /** Reads {@code signal} or {@code signal/name}. */
    public static PipelineId parse(String text) {
        ComponentId id = ComponentId.parse(text);
        Signal signal = Signal.ofLabel(id.type())
                .orElseThrow(() -> new IllegalArgumentException("pipeline: '" + text
                        + "' (expected: traces, metrics, logs or profiles, and a name after a slash)"));
        return new PipelineId(signal, id.name());
    }

    @Override
    public int compareTo(PipelineId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? signal.label() : signal.label() + "/" + name;
    }
}
