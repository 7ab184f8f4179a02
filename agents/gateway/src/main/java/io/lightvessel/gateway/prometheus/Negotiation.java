package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.Timer;
import java.time.Duration;

/**
 * Which version of remote write an endpoint gets. When it does not understand 2.0 it gets 1.0 for an hour, after which
 * 2.0 is tried again: backends are upgraded while agents run.
 */
final class Negotiation {
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final boolean preferV2;
    private final Timer timer;
    private boolean fellBack;
    private boolean understood;
    private long fellBackAt;

    Negotiation(boolean preferV2, Timer timer) {
        this.preferV2 = preferV2;
        this.timer = timer;
    }

    synchronized Protocol protocol() {
        if (!preferV2) {
            return Protocol.V1;
        }
        if (fellBack && timer.nanoTime() - fellBackAt < REMEMBERED.toNanos()) {
            return Protocol.V1;
        }
        fellBack = false;
        return Protocol.V2;
    }

    /** False while nothing has shown that the endpoint speaks the version that is used with it. */
    synchronized boolean isSettled() {
        return !preferV2 || fellBack || understood;
    }

    synchronized void understoodV2() {
        understood = true;
    }

    /** Returns true when this is news. */
    synchronized boolean refusedV2() {
        boolean news = !fellBack;
        fellBack = true;
        understood = false;
        fellBackAt = timer.nanoTime();
        return news;
    }
}
