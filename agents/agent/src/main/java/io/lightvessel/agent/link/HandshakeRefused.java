package io.lightvessel.agent.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server answered the WebSocket handshake with an HTTP error. */
final class HandshakeRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    HandshakeRefused(int status, Problem problem, @Nullable Duration retryAfter) {
        super("HTTP " + status + ": " + problem.sentence());
        this.status = status;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    Problem problem() {
        return problem;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether this agent itself is refused, rather than the server being unable to serve anyone now. */
    boolean isAboutThisAgent() {
        return status == 401 || status == 403;
    }
}
