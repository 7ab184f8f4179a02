package io.lightvessel.pipeline;

import java.util.Locale;

/**
 * Why telemetry was not delivered: a closed set, so that dashboards and alerts can name every way to lose a record.
 * Where the producer was told and still has the telemetry, it is not lost yet; see {@link #producerWasTold}.
 */
public enum DropReason {
    /** The byte budget or the memory limiter's limit is spent. */
    MEMORY_LIMIT(true),
    /** An exporter's queue is full. */
    QUEUE_FULL(true),
    /** An exporter's queue on disk cannot be written: the disk is full or fails. */
    STORAGE_FAILURE(true),
    /** The agent, or the pipeline's last version, is stopping and takes nothing more. */
    SHUTTING_DOWN(true),
    /** No pipeline carries this signal from this receiver. */
    NO_PIPELINE(true),
    /** The bytes are no request of their signal. */
    MALFORMED(true),
    /** A body is larger than the receiver's limit, before or after decompression. */
    TOO_LARGE(true),
    /** A body did not arrive in time. */
    TOO_SLOW(true),
    /** The backend refused and no queue stands between it and the producer, who was told. */
    BACKEND_REFUSED(true),
    /** The backend refused for good what had been accepted. */
    PERMANENT_FAILURE(false),
    /** The backend took a request but rejected some of its records. */
    PARTIAL_REJECTION(false),
    /** The exporter has no way to express these records in its backend's protocol. */
    NOT_CONVERTIBLE(false),
    /** Retries took longer than {@code max_elapsed_time}. */
    RETRIES_EXHAUSTED(false),
    /** {@code retry_on_failure} is off and the first attempt failed. */
    RETRY_DISABLED(false),
    /** Still queued when the time to drain at shutdown was over. */
    SHUTDOWN(false),
    /** What a queue on disk holds does not match its checksum; the bytes are kept aside. */
    CORRUPTED(false),
    /** A processor was told to leave it out. */
    FILTERED(false),
    /** A sampler decided against it. */
    SAMPLED(false),
    /** Its source sends more than it was allowed to. */
    RATE_LIMITED(false),
    /** An operator could not read it and was told to drop such. */
    UNREADABLE(false),
    /** A statement or condition failed whose {@code error_mode} is {@code propagate}. */
    STATEMENT_FAILED(true),
    /** A component broke its contract or threw. */
    COMPONENT_FAILURE(false);

    private final boolean producerWasTold;

    DropReason(boolean producerWasTold) {
        this.producerWasTold = producerWasTold;
    }

    /** True when the producer got an error and can send again; false when the agent had already taken responsibility. */
    public boolean producerWasTold() {
        return producerWasTold;
    }

    /** The reason as metrics and reports spell it, for example {@code queue_full}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
