package io.lightvessel.agent.link;

import io.lightvessel.wire.opamp.ServerToAgent;

/** What wakes the link's thread. */
sealed interface LinkEvent {
    /** The server said something on this connection. */
    record Received(Object connection, ServerToAgent message) implements LinkEvent {}

    /** This connection is gone, with the reason. */
    record Lost(Object connection, String reason) implements LinkEvent {}

    /** The server closed this connection because it does not want this agent. */
    record Expelled(Object connection, String reason) implements LinkEvent {}

    /** The status of the remote config changed. */
    record ConfigChanged() implements LinkEvent {}

    /** The agent stops. */
    record Stop() implements LinkEvent {}
}
