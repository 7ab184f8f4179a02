package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.ServerAuthenticator;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.profiles.v1development.Profile;
import io.opentelemetry.proto.profiles.v1development.ResourceProfiles;
import io.opentelemetry.proto.profiles.v1development.ScopeProfiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of confighttp and configgrpc change. */
class ReceiverKeysTest {
    private static final ComponentId AUTH = ComponentId.of("bearertokenauth");
    private static final byte[] SPANS = Requests.spans(1).toByteArray();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ReceiverKit kit;

    private void start(String keys) throws Exception {
        TestContext context = new TestContext("otlp", 1 << 20);
        context.extensions.put(AUTH, new Doorman());
        kit = new ReceiverKit(
                """
                otlp:
                  protocols:
                    grpc: {endpoint: "127.0.0.1:0", include_metadata: %2$s%3$s}
                    http: {endpoint: "127.0.0.1:0", include_metadata: %2$s%1$s%3$s}
                """.formatted(
                                keys,
                                keys.contains("metadata"),
                                keys.contains("auth") ? ", auth: {authenticator: bearertokenauth}" : "")
                        .replace(", metadata", "")
                        .replace(", auth,", ","),
                context,
                Timeouts.DEFAULT);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        if (kit != null) {
            kit.close();
            assertThat(kit.context.budget.used()).isZero();
        }
    }

    /** Lets in who says {@code Bearer friend}. */
    private record Doorman() implements ServerAuthenticator {
        @Override
        public Verdict authenticate(RequestHeaders headers) {
            return "Bearer friend".equals(headers.get("authorization"))
                    ? new Verdict.Allowed("friend")
                    : new Verdict.Denied("no friend's token", "Bearer");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + kit.httpPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(SPANS));
        request.header("Content-Type", "application/x-protobuf");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private RawGrpc.Answer call(Map<String, String> headers) throws Exception {
        try (RawGrpc grpc = new RawGrpc(kit.grpcPort())) {
            return grpc.call(RawGrpc.TRACES, headers, RawGrpc.framed(SPANS, 0), true)
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void strangersAreTurnedAwayBeforeTheirBodyIsRead() throws Exception {
        start(", auth");
        HttpResponse<String> denied = post("/v1/traces", "Authorization", "Bearer stranger");
        assertThat(denied.statusCode()).isEqualTo(401);
        assertThat(denied.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(denied.headers().firstValue("content-type")).contains("application/x-protobuf");
        assertThat(denied.body()).contains("no friend's token").doesNotContain("stranger");
        assertThat(post("/v1/nothing").statusCode()).isEqualTo(401);
        assertThat(post("/v1/traces", "Authorization", "Bearer friend").statusCode())
                .isEqualTo(200);

        RawGrpc.Answer refused = call(Map.of());
        assertThat(refused.status()).isEqualTo("16");
        assertThat(refused.message()).isEqualTo("no friend's token");
        assertThat(call(Map.of("authorization", "Bearer friend")).status()).isEqualTo("0");
        assertThat(kit.context.taken).hasSize(2);
    }

    @Test
    void headersStayWithTheTelemetryExceptCredentials() throws Exception {
        start(", metadata, auth");
        post("/v1/traces", "Authorization", "Bearer friend", "X-Scope-OrgID", "a", "X-Scope-OrgID", "b");
        Metadata http = kit.context.next().metadata();
        assertThat(http.all("x-scope-orgid")).containsExactly("a", "b");
        assertThat(http.headers()).doesNotContainKeys("authorization", "content-length");
        call(Map.of("authorization", "Bearer friend", "tenant", "c"));
        Metadata grpc = kit.context.next().metadata();
        assertThat(grpc.first("tenant")).isEqualTo("c");
        assertThat(grpc.headers()).doesNotContainKeys("authorization", ":path", "te");
    }

    @Test
    void withoutTheKeyNoHeadersAreKept() throws Exception {
        start("");
        post("/v1/traces", "X-Scope-OrgID", "a");
        assertThat(kit.context.next().metadata()).isSameAs(Metadata.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example, content-type, POST, true",
        "HTTPS://a.pages.example, 'X-Token,content-type', POST, true",
        "https://evil.example, content-type, POST, false",
        "https://pages.example.evil, content-type, POST, false",
        "https://shop.example, x-other, POST, false",
        "https://shop.example, content-type, DELETE, false"
    })
    void preflightsSayWhatPagesMay(String origin, String headers, String method, boolean allowed) throws Exception {
        start(", cors: {allowed_origins: ['https://shop.example', 'https://*.pages.example'],"
                + " allowed_headers: [X-Token], max_age: 7200}, auth");
        HttpResponse<String> response = send(request("/v1/traces")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers));
        assertThat(response.statusCode()).isEqualTo(204);
        var shown = response.headers().map();
        assertThat(shown.containsKey("access-control-allow-origin")).isEqualTo(allowed);
        if (allowed) {
            assertThat(response.headers().firstValue("access-control-allow-origin"))
                    .contains(origin);
            assertThat(response.headers().firstValue("access-control-allow-headers"))
                    .contains(headers);
            assertThat(response.headers().firstValue("access-control-allow-methods"))
                    .contains("POST");
            assertThat(response.headers().firstValue("access-control-max-age")).contains("7200");
        }
    }

    @Test
    void pagesMayReadTheirAnswers() throws Exception {
        start(", cors: {allowed_origins: ['*']}");
        HttpResponse<String> response = post("/v1/traces", "Origin", "https://shop.example");
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(response.headers().firstValue("vary")).contains("Origin");
        assertThat(post("/v1/traces").headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void withoutCorsOptionsIsJustAWrongMethod() throws Exception {
        start("");
        HttpResponse<String> response = send(request("/v1/traces")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST"));
        assertThat(response.statusCode()).isEqualTo(405);
    }

    @Test
    void responsesCarryTheConfiguredHeaders() throws Exception {
        start(", response_headers: {X-Served-By: gateway}");
        assertThat(post("/v1/traces").headers().firstValue("x-served-by")).contains("gateway");
        assertThat(post("/nowhere").headers().firstValue("x-served-by")).contains("gateway");
        kit.close();
        assertThatThrownBy(() -> start(", response_headers: {'X Y': z}"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessage("receiver otlp: response_headers::X Y: not a header that can be set");
    }

    @Test
    void onlyListedCodingsAreTaken() throws Exception {
        start(", compression_algorithms: ['', zstd]");
        HttpRequest.Builder gzip = request("/v1/traces")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(Requests.gzip("{}".getBytes(StandardCharsets.UTF_8))));
        HttpResponse<String> response = send(gzip);
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("content-encoding: 'gzip' (expected: identity, zstd)");
        kit.close();
        assertThatThrownBy(() -> start(", compression_algorithms: [br]"))
                .hasMessage("receiver otlp: compression_algorithms: br (expected: some of \"\", deflate, gzip, snappy,"
                        + " x-snappy-framed, zlib, zstd)");
    }

    @Test
    void pathsCanBeMoved() throws Exception {
        start(", traces_url_path: otel/traces");
        assertThat(post("/otel/traces").statusCode()).isEqualTo(200);
        assertThat(post("/v1/traces").statusCode()).isEqualTo(404);
    }

    @Test
    void profilesAreTakenOnAllWays() throws Exception {
        start("");
        byte[] profiles = ExportProfilesServiceRequest.newBuilder()
                .addResourceProfiles(ResourceProfiles.newBuilder()
                        .addScopeProfiles(ScopeProfiles.newBuilder()
                                .addProfiles(Profile.newBuilder().setTimeUnixNano(5))))
                .build()
                .toByteArray();
        try (RawGrpc grpc = new RawGrpc(kit.grpcPort())) {
            assertThat(grpc.call(
                                    "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export",
                                    profiles)
                            .status())
                    .isEqualTo("0");
        }
        send(request("/v1development/profiles")
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(profiles)));
        send(request("/v1development/profiles")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"resourceProfiles\":[{\"scopeProfiles\":[{\"profiles\":[{\"timeUnixNano\":\"5\"}]}]}]}")));
        for (int i = 0; i < 3; i++) {
            Taken taken = kit.context.next();
            assertThat(taken.signal()).isEqualTo(Signal.PROFILES);
            assertThat(taken.records()).isEqualTo(1);
            assertThat(taken.bytes()).isEqualTo(profiles);
        }
    }

    @Test
    void rejectedRecordsAreToldInTheRequestsOwnEncoding() throws Exception {
        OtlpHttpService service =
                new OtlpHttpService(Signal.METRICS, new TestContext("otlp", 1).outlet(Signal.METRICS, "http"));
        assertThat(new String(
                        service.partialSuccess("application/json", 3, "too \"old\"")
                                .body(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"partialSuccess\":{\"rejectedDataPoints\":\"3\",\"errorMessage\":\"too \\\"old\\\"\"}}");
        byte[] body =
                service.partialSuccess("application/x-protobuf", 3, "too old").body();
        assertThat(PartialSuccess.of(body)).isEqualTo(new PartialSuccess(3, "too old"));
        assertThat(UnknownFieldSet.parseFrom(body).asMap()).containsOnlyKeys(1);
        assertThat(new OtlpGrpcService(Signal.TRACES, service.outlet()).partialSuccess(3, "too old"))
                .isEqualTo(body);
    }
}
