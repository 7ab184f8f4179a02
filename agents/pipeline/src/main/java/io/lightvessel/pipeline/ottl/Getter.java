package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** An expression. Nodes keep registers of their own, so a tree of them is used by one thread at a time. */
interface Getter {

    /** Puts the value into the register; what it points to is valid until the message it lies in is edited or left. */
    void get(Telemetry telemetry, Value out) throws StatementFailure, MalformedPayload;
}
