package io.lightvessel.gateway.server;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/** Reads from a connection as long as nobody has a reason not to. */
final class ReadSwitch {
    enum Reason {
        /** Memory runs short. */
        TURN,
        /** The client leaves answers unread, which would pile up. */
        UNREAD,
        /** One request at a time. */
        ANSWERING
    }

    private final Channel channel;
    private final Set<Reason> held = EnumSet.noneOf(Reason.class);

    ReadSwitch(Channel channel) {
        this.channel = channel;
    }

    void hold(Reason reason, boolean on) {
        boolean changed = on ? held.add(reason) : held.remove(reason);
        if (changed) {
            channel.config().setAutoRead(held.isEmpty());
        }
    }
}
