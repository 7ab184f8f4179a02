package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;

/**
 * Decides about the parts of one request at a time, top down and in wire order. Messages of a resource, scope or metric
 * may be read and edited until the walk leaves it, also while its records are visited; a record only during its call.
 * Visitors are used by one thread at a time and may keep state between calls.
 */
public interface RequestVisitor {

    /** A request begins. */
    default void begin(Payload payload) {
        // Most visitors need nothing of the whole.
    }

    /** The request that began has been walked to its end. */
    default void end() {
        // Most visitors have nothing to sum up.
    }

    /** Called for every resource, also for one that is missing and so empty, if {@link Level#RESOURCE} is asked for. */
    default Verdict resource(Message resource) throws MalformedPayload {
        return Verdict.VISIT;
    }

    /** Called for every scope if {@link Level#SCOPE} is asked for. */
    default Verdict scope(Message scope) throws MalformedPayload {
        return Verdict.VISIT;
    }

    /**
     * Called for every metric if {@link Level#METRIC} is asked for.
     *
     * @param metric the metric's fields except for its data
     * @param dataField which data it has: 5 gauge, 7 sum, 9 histogram, 10 exponential histogram, 11 summary, 0 none
     * @param data the data's fields except for points, such as temporality; empty when there is no data
     */
    default Verdict metric(Message metric, int dataField, Message data) throws MalformedPayload {
        return Verdict.VISIT;
    }

    /** Called for every span, log record or data point. */
    Verdict record(Message item) throws MalformedPayload;
}
