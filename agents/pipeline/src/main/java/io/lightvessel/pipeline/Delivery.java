package io.lightvessel.pipeline;

/** How one attempt to export a payload went. Exactly one of the methods is called, once. */
public interface Delivery {

    /** The backend has it. */
    void delivered();

    /** The backend took the request but rejected some of its records for good. */
    void partlyDelivered(long rejectedRecords, String message);

    /** The backend does not have it; a retryable refusal is tried again, not before its {@code retryAfter}. */
    void failed(Refusal refusal);
}
