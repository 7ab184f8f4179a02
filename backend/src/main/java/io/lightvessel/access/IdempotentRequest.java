package io.lightvessel.access;

import java.time.Instant;
import java.util.Map;

/** What is known of a request that came with an Idempotency-Key. */
public sealed interface IdempotentRequest {

    /** It is the first with its key; whoever learns this executes it. */
    record Fresh(Instant startedAt) implements IdempotentRequest {}

    /** It was answered before. */
    record Answered(int status, Map<String, String> headers, byte[] body) implements IdempotentRequest {}
}
