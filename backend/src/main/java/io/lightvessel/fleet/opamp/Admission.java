package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.RefusalCode;
import java.time.Duration;

/** Whether a client that knocked may speak. */
public sealed interface Admission {

    /** It may; the conversation answers what it says. */
    record Admitted(Conversation conversation) implements Admission {}

    /** It may not: HTTP 401. */
    record Refused(RefusalCode code, String detail) implements Admission {}

    /** Not now: HTTP 503. */
    record Busy(Duration retryAfter) implements Admission {}
}
