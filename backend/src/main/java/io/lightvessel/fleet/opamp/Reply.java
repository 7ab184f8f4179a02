package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.RefusalCode;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.time.Duration;

/** How a message from an agent is answered. */
public sealed interface Reply {

    /** With a message; over WebSocket an empty one is not sent. */
    record Answer(ServerToAgent message) implements Reply {}

    /** The message makes no sense: 400, or a BadRequest error. */
    record Malformed(String detail) implements Reply {}

    /** What the client is allowed to do ended, or never began: 401, or a BadRequest error and a closed connection. */
    record Refused(RefusalCode code, String detail) implements Reply {}

    /** Later, please: 503, or an Unavailable error and a closed connection. */
    record Busy(Duration retryAfter) implements Reply {}
}
