package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Refusal;
import io.netty.handler.ssl.SslContext;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a connection asks its receiver for. Replaced as a whole when the receiver is reconfigured, so that each
 * request sees one version of it and connections outlive them all.
 */
record Intake(
        Map<Signal, Outlet> outlets,
        ByteBudget budget,
        int maxBodyBytes,
        Map<String, Signal> httpPaths,
        long maxStreams,
        KeepAlive keepAlive,
        Timeouts timeouts,
        @Nullable SslContext tls) {

    static final int DEFAULT_MAX_BODY = 64 << 20;
    static final long DEFAULT_MAX_STREAMS = 256;
    static final Map<String, Signal> DEFAULT_HTTP_PATHS =
            Map.of("/v1/traces", Signal.TRACES, "/v1/metrics", Signal.METRICS, "/v1/logs", Signal.LOGS);

    Intake {
        outlets = new EnumMap<>(outlets);
        httpPaths = Map.copyOf(httpPaths);
    }

    /** What to tell a producer whose body does not fit into the budget now, or never will. */
    Refusal overBudget(long needed) {
        return needed <= budget.capacity()
                ? budget.refusal()
                : Refusal.permanent(
                        DropReason.TOO_LARGE,
                        "the body takes " + needed
                                + " bytes of memory (expected: no more than the agent's whole budget, "
                                + budget.capacity() + ")");
    }

    Outlet outlet(Signal signal) {
        Outlet outlet = outlets.get(signal);
        if (outlet == null) {
            throw new IllegalStateException("no outlet for " + signal);
        }
        return outlet;
    }
}
