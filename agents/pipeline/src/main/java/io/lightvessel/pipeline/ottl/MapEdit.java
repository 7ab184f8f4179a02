package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.rewrite.Message;

/** Changes a map, which is shown as the attributes of a message. */
@FunctionalInterface
interface MapEdit {

    void apply(Telemetry telemetry, Message map) throws StatementFailure, MalformedPayload;
}
