package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.AgentName;
import io.lightvessel.local.Product;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(ProductExtension.class)
class StackChangeIT {

    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final List<AgentName> GATEWAYS = List.of(AgentName.GATEWAY_1, AgentName.GATEWAY_2);

    @Test
    void aNewAttributeIsAppliedByBothGatewaysWithoutLosingAConnectionOrAnExport(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        String region = "test-" + System.nanoTime();
        try (SteadySender first = new SteadySender("steady-1", product.ports().otlpGrpc(AgentName.GATEWAY_1));
                SteadySender second =
                        new SteadySender("steady-2", product.ports().otlpGrpc(AgentName.GATEWAY_2))) {
            List<SteadySender> senders = List.of(first, second);
            Eventually.within(PROMISED, () -> assertThat(senders).allMatch(sender -> sender.sent() > 5));

            JsonNode saved = api.changeStack(
                    "demo", spec -> ((ObjectNode) spec.at("/gateway/resourceAttributes")).put("cloud.region", region));

            String hash = saved.at("/digests/gateway").asString("");
            assertThat(hash).matches("[0-9a-f]{64}");
            Eventually.within(PROMISED, () -> {
                for (AgentName name : GATEWAYS) {
                    JsonNode config = api.agent("demo", name.text()).path("config");
                    assertThat(config.path("status").asString(""))
                            .as(name.text())
                            .isEqualTo("IN_SYNC");
                    assertThat(config.path("reportedHash").asString(""))
                            .as(name.text())
                            .isEqualTo(hash);
                }
            });
            Eventually.within(PROMISED, () -> {
                for (String sender : List.of("steady-1", "steady-2")) {
                    JsonNode spans = product.backends()
                            .sink("/api/spans?attr=service.name%3D" + sender + "&attr=cloud.region%3D" + region);
                    assertThat(spans.path("items").size()).as(sender).isPositive();
                }
            });

            for (SteadySender sender : senders) {
                assertThat(sender.failures()).isEmpty();
                assertThat(sender.opened()).as("connections opened").isOne();
                assertThat(sender.closed()).as("connections closed").isZero();
            }
            awaitAll(product, "steady-1", first.stop());
            awaitAll(product, "steady-2", second.stop());
        }
    }

    private static void awaitAll(Product product, String sender, int sent) throws Exception {
        Eventually.within(
                PROMISED,
                () -> assertThat(product.backends()
                                .sink("/api/spans?limit=4000&attr=service.name%3D" + sender)
                                .path("items")
                                .size())
                        .as("spans of " + sender)
                        .isEqualTo(sent));
    }
}
