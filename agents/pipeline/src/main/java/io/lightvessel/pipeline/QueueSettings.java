package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;

/**
 * How an exporter's queue is set.
 *
 * @param enabled without, producers wait until the backend has answered
 * @param waitForResult producers wait until the backend has answered, though they take part in the queue
 * @param consumers requests under way at a time
 * @param capacity in units of the sizer
 * @param blockOnOverflow producers wait for room instead of being refused
 * @param turns what goes one after another
 * @param gatheredBytes more than {@code consumers} may be under way as long as they have fewer bytes than this, for an
 *     exporter that puts several into one request
 */
record QueueSettings(
        boolean enabled,
        boolean waitForResult,
        int consumers,
        long capacity,
        Sizer sizer,
        boolean blockOnOverflow,
        Turns turns,
        long gatheredBytes) {

    QueueSettings(boolean enabled, int consumers, long capacity, Sizer sizer, boolean blockOnOverflow) {
        this(enabled, false, consumers, capacity, sizer, blockOnOverflow, Turns.FREE, 0);
    }

    /** Whether producers are told how it ends, rather than that it was queued. */
    boolean tellsOutcome() {
        return !enabled || waitForResult;
    }

    /** Who waits for whom. */
    enum Turns {
        /** Nobody. */
        FREE,
        /** What shares a sequence; what is part of none goes freely. */
        SEQUENCES,
        /** What shares a sequence, and everything that is part of none. */
        EVERYTHING
    }

    /** What capacity counts. */
    enum Sizer {
        REQUESTS,
        ITEMS,
        BYTES;

        long sizeOf(Payload payload) {
            return switch (this) {
                case REQUESTS -> 1;
                case ITEMS -> payload.records();
                case BYTES -> payload.size();
            };
        }
    }

    static QueueSettings of(Settings exporter, Signal signal) {
        if (exporter.has("sending_queue")) {
            Settings queue = exporter.section("sending_queue");
            return new QueueSettings(
                    queue.flag("enabled"),
                    queue.flag("wait_for_result"),
                    (int) queue.integer("num_consumers"),
                    queue.integer("queue_size"),
                    sizer(queue.string("sizer")),
                    queue.flag("block_on_overflow"),
                    // Loki refuses lines of a stream that come long after newer ones.
                    signal == Signal.LOGS ? Turns.SEQUENCES : Turns.FREE,
                    0);
        }
        if (exporter.has("remote_write_queue")) {
            Settings queue = exporter.section("remote_write_queue");
            // Prometheus refuses samples of a series that overtake each other.
            int consumers = (int) queue.integer("num_consumers");
            boolean logged = exporter.has("wal");
            return new QueueSettings(
                    logged || queue.flag("enabled"),
                    false,
                    consumers,
                    logged ? exporter.section("wal").integer("max_size_mib") << 20 : queue.integer("queue_size"),
                    logged ? Sizer.BYTES : Sizer.REQUESTS,
                    false,
                    Turns.EVERYTHING,
                    consumers * exporter.integer("max_batch_size_bytes"));
        }
        return new QueueSettings(false, 1, 0, Sizer.REQUESTS, false);
    }

    private static Sizer sizer(String word) {
        return switch (word) {
            case "requests" -> Sizer.REQUESTS;
            case "items" -> Sizer.ITEMS;
            case "bytes" -> Sizer.BYTES;
            default -> throw new IllegalArgumentException("sizer: '" + word + "' (expected: requests, items or bytes)");
        };
    }
}
