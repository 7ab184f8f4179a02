package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.Product;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(ProductExtension.class)
class EnrolmentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aWrongSecretIsRefusedAndListed(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        JsonNode token = api.createToken("demo", Map.of());
        String secret = token.path("secret").asString();
        String wrong = secret.substring(0, secret.lastIndexOf('_') + 1) + "A".repeat(43);

        assertRefused(product, wrong, "enrollment_token_wrong");

        assertListed(api, token, "enrollment_token_wrong");
    }

    @Test
    void anExpiredTokenIsRefusedAndListed(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        JsonNode token = api.createToken("demo", Map.of("validFor", "PT1S"));
        Thread.sleep(1_100);

        assertRefused(product, token.path("secret").asString(), "enrollment_token_expired");

        assertListed(api, token, "enrollment_token_expired");
    }

    @Test
    void aRevokedTokenIsRefusedAndListed(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        JsonNode token = api.createToken("demo", Map.of());
        api.post("/enrollment-tokens/" + id(token) + ":revoke");

        assertRefused(product, token.path("secret").asString(), "enrollment_token_revoked");

        assertListed(api, token, "enrollment_token_revoked");
    }

    @Test
    void aTokenNobodyCreatedIsRefused(Product product) throws Exception {
        assertRefused(product, "lve_AAAAAAAAAA_" + "A".repeat(43), "enrollment_token_unknown");
    }

    @Test
    void aUsedUpTokenIsRefusedAndTheAgentSaysWhy(Product product) throws Exception {
        Api api = new Api(product.controlPlane());
        api.createCluster("single");
        JsonNode token = api.createToken("single", Map.of("maxUses", 1));
        String secret = token.path("secret").asString();
        try (OwnAgent first = OwnAgent.start(product, "single-1", secret, Map.of())) {
            Eventually.within(
                    PATIENCE,
                    () -> assertThat(api.agent("single", "single-1")
                                    .path("connected")
                                    .asBoolean())
                            .isTrue());
            try (OwnAgent second = OwnAgent.start(product, "single-2", secret, Map.of())) {
                Eventually.within(PATIENCE, () -> assertThat(second.said()).contains("used up"));
                assertThat(second.said()).doesNotContain(secret);
            }
            assertThat(first.said()).doesNotContain(secret);
        }
        assertListed(api, token, "enrollment_token_used_up");
    }

    private static void assertRefused(Product product, String secret, String code) throws Exception {
        byte[] message = new byte[18];
        message[0] = 10; // AgentToServer.instance_uid, 16 bytes
        message[1] = 16;
        message[17] = 1;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + product.ports().opamp() + "/v1/opamp"))
                .header("Content-Type", "application/x-protobuf")
                .header("Authorization", "Bearer " + secret)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JsonMapper.builder().build().readTree(response.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isNotBlank().doesNotContain(secret);
    }

    private static void assertListed(Api api, JsonNode token, String code) throws Exception {
        Eventually.within(PATIENCE, () -> {
            JsonNode attempts =
                    api.get("/enrollment-tokens/" + id(token) + "/attempts").path("items");
            assertThat(attempts.findValuesAsString("code")).contains(code);
            assertThat(attempts.findValuesAsString("detail")).allMatch(detail -> !detail.isBlank());
        });
    }

    private static String id(JsonNode token) {
        return token.path("id").asString();
    }
}
