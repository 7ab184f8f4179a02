package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a connection asks its receiver for. Replaced as a whole when the receiver is reconfigured, so that each
 * request sees one version of it and connections outlive them all.
 */
final class Intake {
    private final Map<AsciiString, GrpcService> grpcServices = new HashMap<>();
    private final Map<String, HttpService> httpServices;
    private final HttpErrors errors;
    private final ServerOptions options;
    private final ByteBudget budget;
    private final Timeouts timeouts;

    Intake(Endpoint endpoint, ByteBudget budget, Timeouts timeouts) {
        endpoint.grpcServices().forEach((path, service) -> grpcServices.put(AsciiString.cached(path), service));
        this.httpServices = endpoint.httpServices();
        this.errors = endpoint.errors();
        this.options = endpoint.options();
        this.budget = budget;
        this.timeouts = timeouts;
    }

    @Nullable
    GrpcService grpcService(CharSequence path) {
        return grpcServices.get(AsciiString.of(path));
    }

    @Nullable
    HttpService httpService(String path) {
        return httpServices.get(path);
    }

    String httpPaths() {
        return httpServices.keySet().stream().sorted().toList().toString();
    }

    /** How requests are answered that concern no service. */
    HttpErrors errors() {
        return errors;
    }

    ServerOptions options() {
        return options;
    }

    int maxBodyBytes() {
        return options.maxBodyBytes();
    }

    ByteBudget budget() {
        return budget;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    /**
     * What to tell a client that took too long. It may be us who did not read, so it is to come again; senders of OTLP give
     * up for good after a 408.
     */
    static Refusal late(String what) {
        return Refusal.retryable(DropReason.TOO_SLOW, "the " + what + " did not arrive in time", Duration.ofSeconds(1));
    }

    /** What to tell a client whose body does not fit into the budget now, or never will. */
    Refusal overBudget(long needed) {
        if (budget.used() + needed <= budget.capacity()) {
            return Refusal.retryable(
                    DropReason.MEMORY_LIMIT,
                    // Not what is in use: others may have given back much of it by now.
                    "the agent's memory budget of " + budget.capacity()
                            + " bytes is short, and this client has its share of it",
                    budget.refusal().retryAfter());
        }
        long most = budget.capacity() / 4 * 3;
        return needed <= most
                ? budget.refusal()
                : Refusal.permanent(
                        DropReason.TOO_LARGE,
                        "the body takes " + needed
                                + " bytes of memory (expected: no more than three quarters of the agent's budget, "
                                + most + ")");
    }
}
