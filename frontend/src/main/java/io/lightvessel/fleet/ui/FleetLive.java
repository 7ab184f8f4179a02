package io.lightvessel.fleet.ui;

import io.lightvessel.fleet.AgentChanged;
import io.lightvessel.fleet.AgentForgotten;
import io.lightvessel.platform.ui.LiveUpdates;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Passes what happens in the fleet on to open screens. */
@Component
class FleetLive {

    private final LiveUpdates live;

    FleetLive(LiveUpdates live) {
        this.live = live;
    }

    @EventListener
    void on(AgentChanged event) {
        live.changed(event.tenant());
    }

    @TransactionalEventListener
    void on(AgentForgotten event) {
        live.changed(event.tenant());
    }
}
