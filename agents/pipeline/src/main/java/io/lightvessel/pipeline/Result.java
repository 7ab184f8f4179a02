package io.lightvessel.pipeline;

/** What became of a handed-over payload. Exactly one of the methods is called, once; neither may block or throw. */
public interface Result {

    /** The payload is safe: downstream answers for it now, the producer may forget it. */
    void accepted();

    /** Nobody keeps the payload: the producer still has it and learns why. */
    void refused(Refusal refusal);
}
