package io.lightvessel.bench.load;

/** Decides when requests start: as soon as others have ended, or by a clock that waits for nobody. */
final class Pace {

    static final long NOT_DUE = Long.MIN_VALUE;
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private boolean paused = true;
    private int senders = Integer.MAX_VALUE;
    private double perSecond;
    private long since;
    private long issued;
    private long skipped;
    private long patience;

    void pause() {
        paused = true;
    }

    /** Only the first connections start requests. */
    void limit(int connections) {
        senders = connections;
    }

    /** One request follows the other. */
    void closedLoop() {
        perSecond = 0;
        paused = false;
    }

    /** @param patient requests wait up to a second for a free connection; else they are dropped at once */
    void openLoop(double requestsPerSecond, boolean patient, long now) {
        patience = patient ? PATIENCE_NANOS : 0;
        perSecond = requestsPerSecond;
        since = now;
        issued = 0;
        skipped = 0;
        paused = false;
    }

    /**
     * Since when the next request is due; takes it.
     *
     * @param sender which connection asks, from 0
     */
    long take(int sender, long now) {
        if (paused || sender >= senders) {
            return NOT_DUE;
        }
        if (perSecond == 0) {
            return now;
        }
        long due = dueAt(issued);
        long upToDate = (long) ((now - since - patience) / 1e9 * perSecond) - 1;
        if (upToDate > issued) {
            // Nobody would have waited that long to send: these were offered and not sent.
            skipped += upToDate - issued;
            issued = upToDate;
            due = dueAt(issued);
        }
        if (due - now > 0) {
            return NOT_DUE;
        }
        issued++;
        return due;
    }

    /** Whether a connection could start a request at once. */
    boolean isDue(int sender, long now) {
        return sender < senders && untilDue(now) == 0;
    }

    /** Nanoseconds until something is due; 0 when something is or may be. */
    long untilDue(long now) {
        if (paused) {
            return Long.MAX_VALUE;
        }
        return perSecond == 0 ? 0 : Math.max(0, dueAt(issued) - now);
    }

    boolean isPaced() {
        return !paused && perSecond > 0;
    }

    private long dueAt(long number) {
        return since + (long) (number * 1e9 / perSecond);
    }

    /** Requests whose time came, sent or not. */
    long offered() {
        return issued;
    }

    /** Requests of these that found no free connection within a second. */
    long skipped() {
        return skipped;
    }
}
