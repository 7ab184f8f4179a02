package io.lightvessel.gateway.server;

import java.time.Duration;

/** Tells clients that keep their connection alive from those that flood it with pings, by gRPC's customary rules. */
final class PingPolicy {
    /** How often a client may be early before it is sent away. */
    private static final int FORGIVEN = 2;

    /** The shortest time between pings without a call, where such pings are not permitted. */
    private static final Duration WITHOUT_CALLS = Duration.ofHours(2);

    private final Duration shortest;
    private final boolean permitWithoutStream;
    private boolean wroteSinceLastPing = true;
    private long lastPing;
    private int strikes;

    PingPolicy(KeepAlive keepAlive) {
        this.shortest = keepAlive.minPingInterval();
        this.permitWithoutStream = keepAlive.permitWithoutStream();
    }

    /** An answer was written: a client in use may ask whether the connection lives. */
    void wrote() {
        wroteSinceLastPing = true;
    }

    /** Counts a ping; true when it was one too many. */
    boolean isFlood(long nowNanos, boolean hasCalls) {
        if (wroteSinceLastPing) {
            wroteSinceLastPing = false;
            strikes = 0;
        } else {
            Duration expected = hasCalls || permitWithoutStream ? shortest : WITHOUT_CALLS;
            if (nowNanos - lastPing < expected.toNanos()) {
                strikes++;
            }
        }
        lastPing = nowNanos;
        return strikes > FORGIVEN;
    }
}
