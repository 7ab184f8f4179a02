package io.lightvessel.topology.ui;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;

@Route("o/:org/topology")
@PermitAll
class TopologyView extends Main {
    TopologyView() {
        add(new TopologyGraph());
    }
}
