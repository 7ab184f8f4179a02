package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.AgentName;
import io.lightvessel.local.ControlPlane;
import io.lightvessel.local.Product;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ProductExtension.class)
class OutageIT {

    private static final String CONTROL_PLANE = "control plane";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void telemetryFlowsWithoutTheControlPlaneAndAgentsComeBackToIt(Product product) throws Exception {
        int port = product.ports().otlpGrpc(AgentName.GATEWAY_2);
        try (SteadySender through1 =
                new SteadySender("outage-1", product.ports().otlpGrpc(AgentName.GATEWAY_1))) {
            Eventually.within(PATIENCE, () -> assertThat(through1.sent()).isGreaterThan(5));

            product.killAndHold(CONTROL_PLANE);
            try {
                long before = spans(product);
                Eventually.within(PATIENCE, () -> assertThat(spans(product)).isGreaterThan(before + 20));
                assertThat(through1.failures()).isEmpty();

                product.killAndHold(AgentName.GATEWAY_2.text());
                product.letUp(AgentName.GATEWAY_2.text());
                try (SteadySender through2 = new SteadySender("outage-2", port)) {
                    Eventually.within(
                            PATIENCE, () -> assertThat(through2.sent()).isGreaterThan(5));
                    int sent = through2.stop();
                    Eventually.within(
                            PATIENCE,
                            () -> assertThat(product.backends()
                                            .sink("/api/spans?limit=4000&attr=service.name%3Doutage-2")
                                            .path("items")
                                            .size())
                                    .isGreaterThanOrEqualTo(sent));
                }
            } finally {
                product.letUp(CONTROL_PLANE);
            }
            assertThat(through1.failures()).isEmpty();
        }
        Eventually.within(PATIENCE, () -> {
            // Agents that other tests enrolled and stopped stay known; this is about the product's own.
            List<String> own =
                    Stream.of(AgentName.values()).map(AgentName::text).toList();
            List<ControlPlane.Agent> agents = product.controlPlane().agents().stream()
                    .filter(agent -> own.contains(agent.name()))
                    .toList();
            assertThat(agents).hasSize(AgentName.values().length);
            assertThat(agents).allMatch(agent -> agent.health().equals("HEALTHY") && agent.inSync());
        });
    }

    private static long spans(Product product) throws Exception {
        return product.backends()
                .sink("/api/counts")
                .at("/kinds/traces/records")
                .asLong();
    }
}
