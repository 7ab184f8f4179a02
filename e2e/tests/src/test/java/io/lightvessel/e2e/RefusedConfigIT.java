package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** In a cluster of its own, whose gateway listens where the stack says and nowhere else. */
@ExtendWith(ProductExtension.class)
class RefusedConfigIT {

    private static final String CLUSTER = "refusing";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aTakenPortIsReportedAsFailedWhileTheOldPipelinesDeliver(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        int good = OwnAgent.freePort();
        api.createCluster(CLUSTER);
        api.changeStack(CLUSTER, spec -> {
            ports(spec, good, free());
            ((ObjectNode) spec.at("/backends/destinations"))
                    .putObject("traces")
                    .put("type", "TEMPO")
                    .put("endpoint", "127.0.0.1:" + product.ports().sinkGrpc())
                    .put("insecure", true);
        });
        String token = api.createToken(CLUSTER, Map.of()).path("secret").asString();
        try (OwnAgent agent = OwnAgent.start(product, "refuser", token, Map.of());
                ServerSocket taken = new ServerSocket(0)) {
            Eventually.within(PATIENCE, () -> assertThat(config(api)).contains("IN_SYNC"));
            try (SteadySender sender = new SteadySender("through-refuser", good)) {
                Eventually.within(PATIENCE, () -> assertThat(sender.sent()).isGreaterThan(5));

                api.changeStack(CLUSTER, spec -> ports(spec, taken.getLocalPort(), free()));

                Eventually.within(
                        PATIENCE,
                        () -> assertThat(config(api))
                                .contains("FAILED")
                                .contains(String.valueOf(taken.getLocalPort())));
                int before = arrived(product);
                Eventually.within(PATIENCE, () -> assertThat(arrived(product)).isGreaterThan(before + 5));
                assertThat(sender.failures()).isEmpty();
                assertThat(sender.closed()).isZero();
            }
            seenInTheConsole(product, taken.getLocalPort());

            api.changeStack(CLUSTER, spec -> ports(spec, good, free()));
            Eventually.within(PATIENCE, () -> assertThat(config(api)).contains("IN_SYNC"));
            assertThat(agent.alive()).isTrue();
        }
    }

    private static void seenInTheConsole(Product product, int port) throws Exception {
        if (!Browser.installed()) {
            return;
        }
        try (Browser browser = Browser.open(product, 1440, false)) {
            browser.signIn();
            browser.go("/agents?filter=cluster:" + CLUSTER);
            browser.awaitText("Failed");
            browser.click("refuser");
            browser.awaitText(String.valueOf(port));
        }
    }

    private static String config(Api api) throws Exception {
        return api.agent(CLUSTER, "refuser").path("config").toString();
    }

    private static int arrived(Product product) throws Exception {
        JsonNode spans = product.backends().sink("/api/spans?limit=4000&attr=service.name%3Dthrough-refuser");
        return spans.path("items").size();
    }

    private static void ports(ObjectNode spec, int grpc, int http) {
        ((ObjectNode) spec.at("/gateway/receivers/otlp")).put("grpcPort", grpc).put("httpPort", http);
    }

    private static int free() {
        try {
            return OwnAgent.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
