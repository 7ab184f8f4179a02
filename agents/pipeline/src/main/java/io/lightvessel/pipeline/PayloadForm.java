package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a payload's bytes are to be read. What is pulled from targets stays in the form its usual backends take, so that
 * nothing is rebuilt on the way; components that know OTLP only get it converted.
 */
public enum PayloadForm {
    /** An OTLP export request of the payload's signal. */
    OTLP(null),
    /** {@code io.prometheus.write.v2.Request}: series with the symbols they refer to. */
    SERIES(Signal.METRICS),
    /** {@code push.v1.PushRequest}: profiles as gzipped pprof with the labels of their series. */
    PPROF(Signal.PROFILES);

    /** What components take that say nothing else. */
    public static final Set<PayloadForm> OTLP_ONLY = Set.of(OTLP);

    /** What components take that look at no bytes. */
    public static final Set<PayloadForm> ALL = Set.of(values());

    private final @Nullable Signal signal;

    PayloadForm(@Nullable Signal signal) {
        this.signal = signal;
    }

    /** The signal that content of this form belongs to. */
    Signal signal() {
        if (signal == null) {
            throw new IllegalStateException("OTLP carries every signal (expected: a form of one signal)");
        }
        return signal;
    }
}
