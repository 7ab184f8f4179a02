package io.lightvessel.pipeline.processor;

import java.time.Duration;

/**
 * When a batch goes on.
 *
 * @param timeout longest time a request waits for others; zero merges nothing
 * @param sendSize records after which a batch goes on; 0 waits for the timeout
 * @param maxSize most records in a batch; 0 has no limit
 */
record BatchLimits(Duration timeout, int sendSize, int maxSize) {}
