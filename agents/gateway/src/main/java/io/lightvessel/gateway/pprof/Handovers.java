package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Handover;
import java.time.Instant;

/** Hand-overs of what was never pulled. */
final class Handovers {
    static final Handover NOTHING = new Handover(Instant.EPOCH, PullState.NEW.bytes());

    private Handovers() {}
}
