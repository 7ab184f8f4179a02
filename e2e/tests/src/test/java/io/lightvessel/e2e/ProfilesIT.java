package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.local.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the demo's machine runs, as its collector samples it and the control plane shows it. */
@ExtendWith(ProductExtension.class)
class ProfilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void theShopsServicesShowWhatTheyRun(Product product) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "sampling needs root; the demo leaves it out else");
        Api api = new Api(product.controlPlane());

        Eventually.within(PATIENCE, () -> {
            JsonNode body = api.get("/clusters/demo/profiles?minutes=10");
            assumeTrue(
                    !body.toString().contains("ebpf profiler off"),
                    body.path("profilers").toString());
            Set<String> services = new HashSet<>();
            body.path("processes")
                    .forEach(process -> services.add(
                            process.path("labels").path("service_name").asString("")));
            assertThat(services).contains("orders", "storefront");
            assertThat(body.path("nodes").size()).isGreaterThan(20);
        });

        JsonNode one = api.get("/clusters/demo/profiles?minutes=10&service=storefront");
        JsonNode all = api.get("/clusters/demo/profiles?minutes=10");
        assertThat(total(one)).isPositive().isLessThan(total(all));
        JsonNode process = null;
        for (JsonNode candidate : one.path("processes")) {
            if (candidate.path("labels").path("service_name").asString("").equals("storefront")) {
                process = candidate;
            }
        }
        assertThat(process).isNotNull();
        assertThat(process.path("labels").path("pod").asString("")).isEqualTo("storefront-0");
        JsonNode alone = api.get("/clusters/demo/profiles?minutes=10&agent="
                + process.path("agent").asString("") + "&process="
                + process.path("key").asString(""));
        assertThat(total(alone)).isPositive();
        List<String> names = new ArrayList<>();
        alone.path("nodes").forEach(node -> names.add(node.path("name").asString("")));
        assertThat(names)
                .as("functions of a JVM")
                .anyMatch(name -> name.contains("java.") || name.contains("io.lightvessel"));
    }

    private static long total(JsonNode body) {
        return body.path("nodes").path(0).path("totalNanos").asLong();
    }
}
