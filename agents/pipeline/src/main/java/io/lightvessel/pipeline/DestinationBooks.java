package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one exporter and signal; they outlive reloads. */
final class DestinationBooks {

    private final ComponentId exporter;
    private final String component;
    private final Signal signal;
    private final Tally acknowledged = new Tally();
    private final LongAdder failedRecords = new LongAdder();
    private final LongAdder refusedRecords = new LongAdder();
    private volatile String lastError = "";

    DestinationBooks(ComponentId exporter, Signal signal) {
        this.exporter = exporter;
        this.component = "exporter/" + exporter;
        this.signal = signal;
    }

    ComponentId exporter() {
        return exporter;
    }

    /** The exporter as edges and ledgers name it. */
    String component() {
        return component;
    }

    Signal signal() {
        return signal;
    }

    void acknowledged(long records, long wireBytes) {
        acknowledged.add(records, wireBytes);
        lastError = "";
    }

    void failed(long records) {
        failedRecords.add(records);
    }

    /** Records the queue had no room for. */
    void refusedByQueue(long records) {
        refusedRecords.add(records);
    }

    void error(String message) {
        lastError = message;
    }

    Count acknowledged() {
        return acknowledged.count();
    }

    long failedRecords() {
        return failedRecords.sum();
    }

    long refusedRecords() {
        return refusedRecords.sum();
    }

    String lastError() {
        return lastError;
    }
}
