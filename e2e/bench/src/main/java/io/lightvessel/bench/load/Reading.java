package io.lightvessel.bench.load;

/** What a load had come to at one moment; all of it counts up. */
public record Reading(
        long nanos,
        long acknowledgedRequests,
        long refusedRequests,
        long failedRequests,
        long offeredRequests,
        long skippedRequests,
        long deliveredRequests,
        long deliveredRecords,
        long deliveredBytes) {}
