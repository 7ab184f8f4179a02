package io.lightvessel.pipeline;

/**
 * Takes over payloads. {@code accept} takes ownership of one reference to the payload, never blocks and never throws;
 * the result is completed exactly once, now or later, on any thread.
 */
@FunctionalInterface
public interface Consumer {

    void accept(Payload payload, Result result);
}
