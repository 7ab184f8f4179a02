package io.lightvessel.agent.link;

import io.lightvessel.wire.opamp.AgentToServer;
import java.io.IOException;
import java.time.Duration;

/** One open connection to the control plane; used by one thread. */
interface Connection {
    void send(AgentToServer message) throws IOException;

    /** Lets the peer send its next message; called once each one is dealt with, so that at most one is in memory. */
    void readNext();

    void ping() throws IOException;

    /** How long nothing at all came from the peer. */
    Duration silence();

    /** Whether an event came from this connection, not from one given up before. */
    boolean isSource(Object source);

    void close(String reason);
}
