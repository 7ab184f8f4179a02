package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.pyroscope.PyroscopeServer;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.pipeline.FlowSnapshot;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.profiles.v1development.Profile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole agents with profiles in both forms: pulled ones to OTLP backends, and OTLP to Pyroscope. */
class ProfilePipelinesTest {
    private PyroscopeServer pyroscope;
    private ScriptedHttp otlp;
    private ProfiledApp app;

    @BeforeEach
    void start() throws Exception {
        pyroscope = new PyroscopeServer();
        otlp = new ScriptedHttp();
        app = new ProfiledApp();
    }

    @AfterEach
    void stop() {
        pyroscope.close();
        otlp.close();
        app.close();
    }

    private String receiver() {
        return """
            receivers:
              pprof:
                scrape_configs:
                  - job_name: shop
                    scrape_interval: 1s
                    static_configs: [{targets: ["%s"], labels: {service_name: cart}}]
                    profiling_config:
                      profile.block: {enabled: false}
                      profile.mutex: {enabled: false}
                      profile.goroutine: {enabled: false}
                      profile.process_cpu: {enabled: false}
            """.formatted(app.address());
    }

    @Test
    void pulledProfilesGoToEachBackendInItsForm() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve("/debug/pprof/allocs", () -> {
            long n = calls.incrementAndGet();
            return new TestProfile("alloc_objects/count", "alloc_space/bytes")
                    .add("main;a|bytes=8 bytes", n, n * 8)
                    .at(1_700_000_000_000_000_000L + n)
                    .gzipped();
        });
        String behind = """
            receivers:
              otlp: {protocols: {http: {endpoint: "127.0.0.1:0"}}}
            exporters:
              pyroscope: {endpoint: "%s", external_labels: {team: blue}}
            service:
              pipelines:
                profiles: {receivers: [otlp], exporters: [pyroscope]}
            """.formatted(pyroscope.url());
        String yaml = receiver() + """
            exporters:
              pyroscope: {endpoint: "%s"}
              otlphttp: {endpoint: "%s", compression: none}
              otlphttp/behind: {endpoint: "http://127.0.0.1:%d"}
            service:
              pipelines:
                profiles: {receivers: [pprof], exporters: [pyroscope, otlphttp, otlphttp/behind]}
            """;
        try (Engines second = new Engines(behind);
                Engines engines = new Engines(yaml.formatted(pyroscope.url(), otlp.url(), second.port("http")))) {
            Eventually.isTrue("OTLP arrives", () -> !otlp.requests.isEmpty());
            ScriptedHttp.Request request = otlp.requests.getFirst();
            assertThat(request.path()).isEqualTo("/v1development/profiles");
            ExportProfilesServiceRequest profiles = ExportProfilesServiceRequest.parseFrom(request.body());
            assertThat(profiles.getResourceProfiles(0).getResource().getAttributesList())
                    .anySatisfy(attribute -> {
                        assertThat(attribute.getKey()).isEqualTo("service.name");
                        assertThat(attribute.getValue().getStringValue()).isEqualTo("cart");
                    });
            List<Profile> all =
                    profiles.getResourceProfiles(0).getScopeProfiles(0).getProfilesList();
            assertThat(all).hasSize(2);
            assertThat(all.get(1).getSamples(0).getValuesList()).containsExactly(8L);

            PyroscopeServer.Taken plain = taken("team", null);
            assertThat(plain.profile().values()).isEqualTo(Map.of("main;a|bytes=8 bytes", List.of(1L, 8L)));
            PyroscopeServer.Taken again = taken("team", "blue");
            assertThat(again.profile().values()).isEqualTo(plain.profile().values());
            assertThat(again.labels()).containsEntry("__name__", "memory").containsEntry("__delta__", "false");
            assertThat(again.labels()).containsEntry("service_name", "cart").containsEntry("job", "shop");
            app.remove("/debug/pprof/allocs");
            Eventually.isTrue(
                    "the books balance",
                    () -> engines.engine.flow().pipelines().stream()
                            .allMatch(ledger ->
                                    ledger.isBalanced() && ledger.queued().records() == 0));
            assertThat(engines.engine.flow().pipelines())
                    .allSatisfy(ledger -> assertThat(ledger.dropped()).isEmpty())
                    .extracting(FlowSnapshot.Ledger::delivered)
                    .allSatisfy(delivered -> assertThat(delivered.records() % 2).isZero());
        }
    }

    private PyroscopeServer.Taken taken(String label, @Nullable String value) throws Exception {
        while (true) {
            PyroscopeServer.Taken taken = pyroscope.next();
            if (Objects.equals(taken.labels().get(label), value)) {
                return taken;
            }
        }
    }

    @Test
    void whatCannotBeFoundOrPulledIsSaidInHealth() throws Exception {
        app.page("/debug/pprof/allocs", exchange -> ProfiledApp.send(exchange, 500, "text/plain", new byte[0]));
        String rest = """
            exporters:
              pyroscope: {endpoint: "%s"}
            service:
              pipelines:
                profiles: {receivers: [pprof], exporters: [pyroscope]}
            """.formatted(pyroscope.url());
        try (Engines engines = new Engines(receiver() + rest)) {
            String health = "1 of 1 profiles cannot be pulled, such as http://" + app.address()
                    + "/debug/pprof/allocs: server returned HTTP status 500";
            Eventually.isTrue(health, () -> engines.engine.health().toString().contains(health));
        }
        String cluster = receiver()
                .replaceFirst(
                        "static_configs: .*",
                        "kubernetes_sd_configs: [{role: pod, api_server: \"http://127.0.0.1:1\"}]");
        try (Engines engines = new Engines(cluster + rest)) {
            Eventually.isTrue(
                    "the cluster is named",
                    () -> engines.engine.health().toString().contains("shop: kubernetes_sd_configs/0: "));
        }
    }

    @Test
    void otlpProfilesBecomePprofForPyroscope() throws Exception {
        byte[] request = OtlpRequests.cpu("shop/orders", 7);
        String yaml = """
            receivers:
              otlp: {protocols: {http: {endpoint: "127.0.0.1:0"}}}
            exporters:
              pyroscope: {endpoint: "%s", external_labels: {cluster: eu}}
            service:
              pipelines:
                profiles: {receivers: [otlp], exporters: [pyroscope]}
            """.formatted(pyroscope.url());
        try (Engines engines = new Engines(yaml);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + engines.port("http") + "/v1development/profiles"))
                            .header("Content-Type", "application/x-protobuf")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            PyroscopeServer.Taken taken = pyroscope.next();
            assertThat(taken.labels())
                    .isEqualTo(Map.of(
                            "__delta__", "false",
                            "__name__", "process_cpu",
                            "cluster", "eu",
                            "service_name", "shop/orders"));
            assertThat(taken.profile().types).containsExactly("cpu/nanoseconds");
            assertThat(taken.profile().values()).isEqualTo(Map.of("main;busy", List.of(7L)));
            assertThat(pyroscope.complaints).isEmpty();
        }
    }
}
