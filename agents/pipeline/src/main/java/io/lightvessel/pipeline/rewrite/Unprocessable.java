package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;

/** A visitor will not go on with a request, for a reason other than that it cannot be read. */
public final class Unprocessable extends MalformedPayload {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    public Unprocessable(DropReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the refusal is counted as. */
    DropReason reason() {
        return reason;
    }
}
