package io.lightvessel.fleet.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.PollingAgent;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SignedInAs(organisations = "console-fleet")
class AgentScreensIT extends ConsoleTest {

    @Autowired
    private AgentService agents;

    @Autowired
    private StackService stacks;

    private Org org;

    @BeforeEach
    void oneAgent() throws Exception {
        org = org("console-fleet");
        Cluster cluster = cluster(org, "prod");
        if (org.call(() -> stacks.current(cluster.id())).isEmpty()) {
            org.call(() -> stacks.save(
                    cluster,
                    StackSpec.defaults()
                            .withBackends(new Backends(
                                    new Backends.Http("http://prometheus:9090/api/v1/write"),
                                    null,
                                    null,
                                    null,
                                    StackSpec.defaults().backends().grafana())),
                    0,
                    "first"));
        }
        if (org.call(() -> agents.count(AgentFilter.ALL)).total() == 0) {
            PollingAgent agent = agent(org, cluster, "gateway-1");
            agent.answerConfig(RemoteConfigStatuses.RemoteConfigStatuses_FAILED, "port 4317 is taken");
            agent.report("checkout", 10);
        }
    }

    @Test
    void theListHasHealthAndConfigAsTwoColumns() {
        open("o/console-fleet/agents");
        Grid<?> grid = byId(Grid.class, "agents-grid");
        assertThat(grid.getColumnByKey("health").getHeaderText()).isEqualTo("Health");
        assertThat(grid.getColumnByKey("config").getHeaderText()).isEqualTo("Config");
        assertThat(test(grid).size()).isEqualTo(1);
        assertThat(((Agent) test(grid).getRow(0)).name()).isEqualTo("gateway-1");
    }

    @Test
    void theFilterIsInTheAddressAndSaysWhenNothingMatches() {
        open("o/console-fleet/agents?q=role:collector");
        assertThat(byId(TextField.class, "agent-filter").getValue()).isEqualTo("role:collector");
        assertThat(texts(EmptyState.class))
                .contains("No agent matches role:collector", "There is 1 agent that this filter leaves out.");
    }

    @Test
    void aFilterThatCannotBeReadIsExplainedAtTheField() {
        open("o/console-fleet/agents");
        TextField filter = byId(TextField.class, "agent-filter");
        test(filter).setValue("colour:red");
        assertThat(filter.isInvalid()).isTrue();
        assertThat(filter.getErrorMessage())
                .isEqualTo(
                        "filter: colour: (expected: status:, config:, cluster:, role:, name:, version: or a plain word).");
        assertThat(find(Grid.class).withId("agents-grid").exists()).isTrue();
    }

    @Test
    void anAgentShowsBothAxesAndWhyItsConfigFailed() {
        Agent agent = org.call(() -> agents.list(AgentFilter.ALL, PageRequest.FIRST))
                .items()
                .getFirst();
        open("o/console-fleet/agents/" + agent.id());
        assertThat(byId(StatusBadge.class, "agent-health").getElement().getAttribute("data-status"))
                .isEqualTo("Healthy");
        assertThat(byId(StatusBadge.class, "agent-config").getElement().getAttribute("data-status"))
                .isEqualTo("Failed");
        assertThat(texts(Main.class)).contains("port 4317 is taken", "checkout", "pipeline:traces");
    }
}
