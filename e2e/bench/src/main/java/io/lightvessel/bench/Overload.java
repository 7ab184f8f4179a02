package io.lightvessel.bench;

import io.lightvessel.bench.load.Load;
import io.lightvessel.bench.load.LoadPlan;
import java.time.Duration;

/**
 * Holds an overloaded agent against the same agent when it is saturated, turn by turn: what the machine does meanwhile,
 * and how far the JIT compiler is, then weighs on both alike.
 */
final class Overload {

    /** Calls at a time on each connection that is added: more than the agent has memory for. */
    static final int STREAMS = 64;

    private static final int TURN_SECONDS = 3;
    private static final Duration SETTLE = Duration.ofMillis(1500);

    private final OtlpOptions options;
    private final LoadPlan plan;
    private final Load load;
    private final Meter meter;
    private Stretch saturated = Stretch.NONE;
    private Stretch overloaded = Stretch.NONE;

    Overload(OtlpOptions options, LoadPlan plan, Load load, Meter meter) {
        this.options = options;
        this.plan = plan;
        this.load = load;
        this.meter = meter;
    }

    /** Beside those that saturate it. */
    int moreConnections() {
        return plan.connections() * (options.overload() - 1);
    }

    void run() throws InterruptedException {
        int turns = Math.max(1, options.seconds() / TURN_SECONDS);
        Duration turn = Duration.ofMillis(options.seconds() * 1000L / turns);
        load.clearLatency();
        for (int i = 0; i < turns; i++) {
            load.keepLatency(false);
            load.saturate(plan.connections());
            Thread.sleep(SETTLE);
            Stretch taken = meter.read(turn);
            saturated = saturated.plus(taken);
            load.offer(taken.recordsPerSecond() * options.overload() / plan.batch(), false);
            Thread.sleep(SETTLE);
            load.keepLatency(true);
            overloaded = overloaded.plus(meter.watch(turn));
        }
    }

    Stretch saturated() {
        return saturated;
    }

    Stretch overloaded() {
        return overloaded;
    }
}
