package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** What a statement does to its record. */
interface Edit {

    /** Changes the record, or leaves it as it was and says why. */
    void run(Telemetry telemetry) throws StatementFailure, MalformedPayload;
}
