package io.lightvessel.fleet;

import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.time.Duration;

/** A WebSocket that leads nowhere. */
final class NoOutlet implements Outlet {
    @Override
    public TransportKind transport() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public String remoteAddress() {
        return "nowhere";
    }

    @Override
    public boolean push(ServerToAgent message) {
        return false;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public boolean answersWithin(Duration patience) {
        return false;
    }
}
