package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.opamp.AgentToServer;

/** The server's side of one connection. Messages arrive one at a time, in the order in which they were sent. */
public interface Conversation {

    Reply onMessage(AgentToServer message, Outlet outlet);

    /** The connection is gone; called once. */
    void onClose(Outlet outlet);
}
