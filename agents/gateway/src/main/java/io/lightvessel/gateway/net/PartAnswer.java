package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.Refusal;

/** What became of one of the requests that carry a payload. */
public sealed interface PartAnswer {

    /** The backend has it, but for some records that it rejected for good, with a message that says why. */
    record Done(long rejected, String message) implements PartAnswer {}

    /** The backend refuses this and would refuse the others too; nothing more is sent. */
    record Hopeless(String message) implements PartAnswer {}

    /** To be tried again. */
    record Again(Refusal refusal) implements PartAnswer {}

    /** The payload has to be sent in another form. */
    record OtherForm(String message) implements PartAnswer {}
}
