package io.lightvessel.topology.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.platform.ui.Org;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SignedInAs(organisations = "console-topology")
class TopologyScreenIT extends ConsoleTest {

    @Autowired
    private AgentService agents;

    @BeforeEach
    void anAgentWithTelemetry() throws Exception {
        Org org = org("console-topology");
        if (org.call(() -> agents.count(AgentFilter.ALL)).total() == 0) {
            agent(org, cluster(org, "prod"), "gateway-1").report("checkout", 10);
        } else {
            cluster(org, "prod");
        }
    }

    @Test
    void theTableSaysWhatTheGraphDraws() {
        open("o/console-topology/topology?cluster=prod");
        assertThat(find(TopologyGraph.class).exists()).isTrue();

        test(byId(Button.class, "topology-table-toggle")).click();
        assertThat(find(TopologyGraph.class).exists()).isFalse();
        assertThat(textOf(byId(Div.class, "topology-table")))
                .contains("checkout", "gateway-1", "traces", "Source", "Agent");
    }

    @Test
    void theAddressRestoresTheTableAndTheChosenNode() {
        open("o/console-topology/topology?cluster=prod&as=table");
        assertThat(find(Div.class).withId("topology-table").exists()).isTrue();
    }

    @Test
    void pausingIsUndoneByTheSameButton() {
        open("o/console-topology/topology?cluster=prod");
        Button pause = byId(Button.class, "topology-pause");
        test(pause).click();
        assertThat(pause.getText()).isEqualTo("Resume");
        test(pause).click();
        assertThat(pause.getText()).isEqualTo("Pause");
        assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath())
                .isEqualTo("o/console-topology/topology");
    }

    @Test
    void noPanelIsShownWhileNothingIsChosen() {
        open("o/console-topology/topology?cluster=prod");
        assertThat(find(Section.class).withId("topology-panel").exists()).isFalse();
    }
}
