package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.local.AgentName;
import io.lightvessel.local.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the two gateways of the demo fetch together: each target once, whoever comes and goes. */
@ExtendWith(ProductExtension.class)
class ScrapingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String AGENTS = "lightvessel-agents";

    private static List<JsonNode> targets(Product product, String query) throws Exception {
        List<JsonNode> targets = new ArrayList<>();
        new Api(product.controlPlane())
                .get("/clusters/demo/targets?pageSize=200" + query)
                .path("items")
                .forEach(targets::add);
        return targets;
    }

    /** Every target that should be up is, and has one owner; the ids of all owners. */
    private static Set<String> assertEachHasOneOwner(Product product) throws Exception {
        List<JsonNode> all = targets(product, "&job=" + AGENTS);
        assertThat(all).hasSize(AgentName.values().length);
        Set<String> owners = new TreeSet<>();
        for (JsonNode target : all) {
            assertThat(target.path("state").asString("")).as(target.toString()).isEqualTo("up");
            assertThat(target.path("owners").size()).as(target.toString()).isEqualTo(1);
            owners.add(target.path("owners").get(0).asString(""));
        }
        return owners;
    }

    @Test
    void theGatewaysScrapeTheAgentsAndTheApiTellsWhoScrapesWhat(Product product) throws Exception {
        Eventually.within(PATIENCE, () -> {
            assertEachHasOneOwner(product);
            JsonNode body = new Api(product.controlPlane()).get("/clusters/demo/targets");
            // Gateways that other tests enrolled and stopped stay known, and silent.
            List<JsonNode> replicas = new ArrayList<>();
            for (JsonNode replica : body.path("replicas")) {
                if (!replica.has("silent")) {
                    replicas.add(replica);
                }
            }
            assertThat(replicas).hasSize(2);
            assertThat(replicas).allSatisfy(replica -> {
                assertThat(replica.at("/member/members").asInt())
                        .as(replica.toString())
                        .isEqualTo(2);
                assertThat(replica.at("/member/view").asLong())
                        .as("both go by the same view")
                        .isEqualTo(replicas.getFirst().at("/member/view").asLong());
            });
        });
        assumeTrue(product.withPrometheus(), "prometheus is not installed (Debian: apt-get install prometheus)");
        Eventually.within(PATIENCE, () -> {
            JsonNode up = product.backends().prometheus("up{job=\"" + AGENTS + "\"}");
            assertThat(up.size()).isEqualTo(AgentName.values().length);
            for (JsonNode series : up) {
                assertThat(series.at("/value/1").asString(""))
                        .as(series.toString())
                        .isEqualTo("1");
                assertThat(series.at("/metric/cluster").asString("")).isEqualTo("demo");
            }
        });
    }

    @Test
    void profilesArePulledFromAGoProgram(Product product) throws Exception {
        assumeTrue(product.withPrometheus(), "prometheus is not installed (Debian: apt-get install prometheus)");
        Eventually.within(
                PATIENCE,
                () -> assertThat(product.backends()
                                .sink("/api/counts")
                                .at("/kinds/profiles/records")
                                .asLong())
                        .isPositive());
    }

    @Test
    void whatAGatewayScrapedItsPeerTakesOverWhenItDies(Product product) throws Exception {
        Eventually.within(PATIENCE, () -> assertEachHasOneOwner(product));
        String survivor = new Api(product.controlPlane())
                .agent("demo", AgentName.GATEWAY_1.text())
                .path("id")
                .asString("");
        product.killAndHold(AgentName.GATEWAY_2.text());
        try {
            Eventually.within(PATIENCE, () -> {
                List<JsonNode> all = targets(product, "&job=" + AGENTS);
                assertThat(all).hasSize(AgentName.values().length);
                // The dead gateway is a target too, and down.
                assertThat(all).allSatisfy(target -> {
                    assertThat(target.path("owners").size())
                            .as(target.toString())
                            .isEqualTo(1);
                    assertThat(target.path("owners").get(0).asString("")).isEqualTo(survivor);
                });
                assertThat(all.stream()
                                .filter(target ->
                                        target.path("state").asString("").equals("down")))
                        .hasSize(1);
            });
        } finally {
            product.letUp(AgentName.GATEWAY_2.text());
        }
        Eventually.within(PATIENCE, () -> assertEachHasOneOwner(product));
    }
}
