package io.lightvessel.collector.ebpf;

import java.util.Locale;

/**
 * Chooses how often is sampled, so that profiling takes no more of the node than it may. The first interval does not
 * count, in which the JVM warms up and every program is seen for the first time; a rate goes down after two dear
 * intervals, and up again, slowly, when there is room for it.
 */
final class RateBudget {
    static final int LOWEST = 5;
    private static final double ROOM = 0.7;
    private static final double STEP_UP = 1.5;

    private final int configured;
    private final double budget;
    private volatile int rate;
    private int intervals;
    private double previous;
    private volatile double last;

    /** @param budget a share of the node's processor time; 0 for no limit */
    RateBudget(int configured, double budget) {
        this.configured = configured;
        this.budget = budget;
        this.rate = configured;
    }

    int rate() {
        return rate;
    }

    /**
     * Learns what an interval took and says how often to sample in the next.
     *
     * @param share of the node's processor time
     */
    int after(double share) {
        intervals++;
        last = share;
        if (budget <= 0 || intervals == 1) {
            return rate;
        }
        double mean = intervals == 2 ? share : (previous + share) / 2;
        if (intervals > 2 && previous > budget && share > budget) {
            // What does not depend on the rate cannot be told from what does: two steps may be needed.
            rate = Math.max(Math.min(configured, LOWEST), (int) (rate * budget / mean));
            intervals = 1;
        } else if (rate < configured && mean < budget * ROOM) {
            rate = Math.min(configured, Math.max(rate + 1, (int) Math.min(rate * STEP_UP, rate * budget / mean)));
            intervals = 1;
        }
        previous = share;
        return rate;
    }

    /** What the last interval took. */
    double lastShare() {
        return last;
    }

    /** For people; empty while the rate is what was asked for. */
    String message() {
        return rate == configured
                ? ""
                : String.format(
                        Locale.ROOT,
                        "sampling at %d Hz instead of %d, to stay within %.2f %% of the node's CPU (last: %.2f %%)",
                        rate,
                        configured,
                        budget * 100,
                        last * 100);
    }
}
