package io.lightvessel.bench.load;

import java.util.BitSet;

/** What the agent answered, kept by request number. */
final class Score {

    private final BitSet acknowledged = new BitSet();
    private final Histogram latency = new Histogram();
    private boolean keeping = true;
    private int next;
    private int inFlight;
    private long acknowledgedRequests;
    private long refused;
    private long failed;
    private String lastFailure = "";

    int start() {
        inFlight++;
        return next++;
    }

    void acknowledged(int id, long nanos) {
        inFlight--;
        acknowledgedRequests++;
        acknowledged.set(id);
        if (keeping) {
            latency.add(nanos);
        }
    }

    void keepLatency(boolean keep) {
        keeping = keep;
    }

    /** The agent said that it does not take it now. */
    void refused() {
        inFlight--;
        refused++;
    }

    /** Whatever should not happen. */
    void failed(String why) {
        inFlight--;
        failed++;
        lastFailure = why;
    }

    BitSet acknowledged() {
        return acknowledged;
    }

    Histogram latency() {
        return latency;
    }

    int inFlight() {
        return inFlight;
    }

    long acknowledgedRequests() {
        return acknowledgedRequests;
    }

    long refusedRequests() {
        return refused;
    }

    long failedRequests() {
        return failed;
    }

    String lastFailure() {
        return lastFailure;
    }
}
