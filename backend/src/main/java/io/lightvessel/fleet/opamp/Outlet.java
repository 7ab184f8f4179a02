package io.lightvessel.fleet.opamp;

import io.lightvessel.fleet.TransportKind;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.time.Duration;

/** Where messages to an agent go when it did not ask. Safe for use by several threads. */
public interface Outlet {

    TransportKind transport();

    String remoteAddress();

    /** False when the message could not be sent; over plain HTTP always, as the agent has to ask. */
    boolean push(ServerToAgent message);

    /** Ends the connection with a WebSocket close code. */
    void close(int code, String reason);

    /** Whether the peer answers a ping in time. */
    boolean answersWithin(Duration patience);
}
