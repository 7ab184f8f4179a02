package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.local.Product;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(ProductExtension.class)
class TelemetryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aTraceOfTheShopCrossesBothServices(Product product) throws Exception {
        Eventually.within(PATIENCE, () -> {
            JsonNode orders = product.backends().sink("/api/spans?attr=service.name%3Dorders&limit=1");
            String trace = orders.at("/items/0/traceId").asString("");
            assertThat(trace).isNotEmpty();
            JsonNode whole = product.backends().sink("/api/spans?trace=" + trace);
            assertThat(whole.path("items").findValuesAsString("service.name")).contains("orders", "storefront");
            assertThat(whole.path("items").findValuesAsString("k8s.cluster.name"))
                    .containsOnly("demo");
        });
    }

    @Test
    void aMetricOfTheShopIsInPrometheus(Product product) throws Exception {
        assumeTrue(product.withPrometheus(), "prometheus is not installed (Debian: apt-get install prometheus)");

        Eventually.within(PATIENCE, () -> {
            JsonNode orders = product.backends().prometheus("sum by (shop_outcome) (shop_orders_total)");
            assertThat(orders.findValuesAsString("shop_outcome")).contains("accepted");
            assertThat(Double.parseDouble(orders.at("/0/value/1").asString("0")))
                    .isPositive();
        });
        Eventually.within(PATIENCE, () -> {
            JsonNode values = product.backends().prometheus("count(shop_order_value_EUR_bucket)");
            assertThat(values.isEmpty()).as("series of the histogram").isFalse();
        });
    }

    @Test
    void aLogOfTheShopArrivesWithItsTrace(Product product) throws Exception {
        Eventually.within(PATIENCE, () -> {
            JsonNode line = product.backends()
                    .sink("/api/logs?text=accepted&attr=service.name%3Dorders&limit=1")
                    .at("/items/0");
            assertThat(line.path("body").asString("")).matches("order \\d+ accepted: one \\w+");
            assertThat(line.path("traceId").asString("")).hasSize(32);
        });
    }

    @Test
    void aLineOfAPodsLogFileArrivesThroughTheCollector(Product product) throws Exception {
        Eventually.within(PATIENCE, () -> {
            JsonNode line = product.backends()
                    .sink("/api/logs?text=Orders%20trace%3D&attr=k8s.pod.name%3Dorders-0&limit=1")
                    .at("/items/0");
            assertThat(line.path("body").asString("")).contains("INFO  Orders trace=");
            JsonNode attributes = line.path("attributes");
            JsonNode resource = line.path("resource");
            assertThat(attributes.path("k8s.namespace.name").asString("")
                            + resource.path("k8s.namespace.name").asString(""))
                    .isEqualTo("shop");
        });
    }
}
