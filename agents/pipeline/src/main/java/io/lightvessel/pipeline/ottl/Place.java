package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** A field that can be read and written. */
interface Place extends Getter {

    /** Writes a value, or leaves all as it is and says why. */
    void set(Telemetry telemetry, Value value) throws StatementFailure, MalformedPayload;
}
