package io.lightvessel.gateway.server;

import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Result;

/**
 * What a receiver makes of the requests to one path. The server has read the whole body by then, within the size limit
 * and paid for by the byte budget, and has unpacked it.
 */
public interface Service {

    /**
     * The way into the pipelines. What is turned away before the service gets to see it counts here; when no pipeline is
     * connected, the path is answered as if it did not exist.
     */
    Outlet outlet();

    /**
     * Makes payloads of a body, hands them on and answers exactly once, now or later, on any thread. Called on an event
     * loop, so it must not block. The request's memory is gone when this returns, unless it has become a payload's.
     *
     * <p>When it throws, it must not have answered, nor may payloads be on their way: the server answers for it.
     *
     * @throws MalformedPayload or {@link CorruptData} when the body is not what it should be; its message goes to the
     *     client
     * @throws TooLarge when what the body stands for is larger than the limit
     * @throws BudgetSpent when {@link Request#charge} says so
     */
    void take(Request request, Answer answer) throws MalformedPayload, CorruptData, TooLarge, BudgetSpent;

    /** Hands a payload to the outlet; one without records succeeds, since there is nothing in it for anyone. */
    default void deliver(Payload payload, Result result) {
        if (payload.records() == 0) {
            payload.release();
            result.accepted();
        } else {
            outlet().accept(payload, result);
        }
    }
}
