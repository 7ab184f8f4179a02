package io.lightvessel.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.ComponentStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HealthPageTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private ComponentStatus first = ComponentStatus.OK;
    private ComponentStatus second = ComponentStatus.OK;
    private boolean configured = true;
    private final HealthPage page = new HealthPage(
            this::tree,
            () -> configured,
            () -> Map.of("control_plane", Optional.of("away \"now\"")),
            START,
            Clock.fixed(START.plusSeconds(90), ZoneOffset.UTC));

    @Test
    void aRunningAgentIsAvailableAlthoughItsControlPlaneAndABackendAreAway() throws IOException {
        first = ComponentStatus.RECOVERABLE_ERROR;
        Endpoint.Answer answer = page.answer("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body())
                .startsWith(
                        "{\"status\":\"Server available\",\"upSince\":\"2026-11-23T12:00:00Z\",\"uptime\":\"PT1M30S\","
                                + "\"control_plane\":{\"healthy\":false,\"error\":\"away \\\"now\\\"\"},\"components\":{")
                .contains("\"pipeline:logs\":{\"healthy\":false,\"status\":\"StatusRecoverableError\"");
    }

    @Test
    void oneBrokenPipelineIsNoReasonToTakeTheOthersOutOfService() throws IOException {
        first = ComponentStatus.PERMANENT_ERROR;
        assertThat(page.answer("/").status()).isEqualTo(200);
        second = ComponentStatus.STOPPED;
        assertThat(page.answer("/").status()).isEqualTo(503);
        assertThat(page.answer("/live").status()).isEqualTo(200);
    }

    @Test
    void withoutAConfigItIsNotAvailable() throws IOException {
        configured = false;
        assertThat(page.answer("/").status()).isEqualTo(503);
        assertThat(page.answer("/").body()).startsWith("{\"status\":\"Server not available\"");
    }

    @Test
    void aTakenPortIsOneSentenceThatNamesTheSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ListenAddress address = new ListenAddress("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> Endpoint.open("health", "LIGHTVESSEL_HEALTH_ENDPOINT", address, page))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot open the health endpoint on " + address
                            + ": Address already in use. Set LIGHTVESSEL_HEALTH_ENDPOINT to a free host:port.");
        }
    }

    @Test
    void addressesAreReadWithAndWithoutHost() {
        assertThat(ListenAddress.parse("X", "127.0.0.1:80")).isEqualTo(new ListenAddress("127.0.0.1", 80));
        assertThat(ListenAddress.parse("X", ":80")).isEqualTo(new ListenAddress("0.0.0.0", 80));
        assertThat(ListenAddress.parse("X", "[::1]:0")).hasToString("[::1]:0");
        for (String wrong : new String[] {"", "80", "host:", "host:70000", "host:-1", "host:x"}) {
            assertThatThrownBy(() -> ListenAddress.parse("X", wrong))
                    .hasMessage("X: " + wrong + " (expected: host:port, such as 0.0.0.0:13133)");
        }
    }

    private ComponentHealth tree() {
        TreeMap<String, ComponentHealth> pipelines = new TreeMap<>();
        pipelines.put("pipeline:logs", ComponentHealth.leaf(first, null, START));
        pipelines.put("pipeline:traces", ComponentHealth.leaf(second, null, START));
        return new ComponentHealth(first, null, START, pipelines);
    }
}
