package io.lightvessel.agent.link;

import java.time.Duration;

/** Why a connection is over, which decides when the next one is tried. */
sealed interface SessionEnd {
    /** The agent stops. */
    record Stopped() implements SessionEnd {}

    /** The server offered other settings; they are on trial from now on. */
    record SettingsOffered() implements SessionEnd {}

    /** The connection broke. */
    record Lost(String reason) implements SessionEnd {}

    /** The server does not want this agent, whose credential was revoked, say. */
    record Expelled(String reason) implements SessionEnd {}

    /** The server asked to come back later. */
    record Throttled(Duration retryAfter, String reason) implements SessionEnd {}
}
