package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** A condition. */
interface Check {

    boolean holds(Telemetry telemetry) throws StatementFailure, MalformedPayload;
}
