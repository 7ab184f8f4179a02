package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;

/** Tells a client what became of its request; exactly one method is called, once, on any thread. */
public interface Answer extends Result {

    /** The request was taken but for some records, which are lost: clients must not send any of it again. */
    void partlyAccepted(long rejected, String message);

    /** For what is left of a request some records of which cannot be taken: tells of them if the rest is accepted. */
    default Result without(long rejected, String message) {
        Answer whole = this;
        return new Result() {
            @Override
            public void accepted() {
                whole.partlyAccepted(rejected, message);
            }

            @Override
            public void refused(Refusal refusal) {
                whole.refused(refusal);
            }
        };
    }
}
