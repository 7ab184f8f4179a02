package io.lightvessel.gateway.pyroscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyroscopeExporterTest {
    private static final Map<String, String> LABELS = new TreeMap<>(
            Map.of("__name__", "memory", "service_name", "shop", "job", "j", "instance", "i:1", "__delta__", "false"));

    private PyroscopeServer backend;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        backend = new PyroscopeServer();
        exporter = exporter("");
    }

    @AfterEach
    void stop() {
        exporter.stop(Duration.ZERO);
        backend.close();
    }

    private Exporter exporter(String more) throws Exception {
        return new PyroscopeExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("pyroscope", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "pyroscope",
                                "pyroscope: {endpoint: \"" + backend.url() + "\"" + more + "}",
                                "profiles"),
                        null)
                .component();
    }

    private static byte[] pushed(Map<String, String> labels, byte[] packed) {
        ByteBuf request = PushRequest.of(
                new TreeMap<>(labels), Unpooled.wrappedBuffer(packed), UUID.randomUUID(), ByteBufAllocator.DEFAULT);
        byte[] bytes = new byte[request.readableBytes()];
        request.readBytes(bytes);
        request.release();
        return bytes;
    }

    private static TestProfile profile() {
        return new TestProfile("alloc_objects/count", "alloc_space/bytes").at(5).add("main;a", 1, 10);
    }

    private String send(byte[]... series) throws Exception {
        ByteBuf bytes = Unpooled.wrappedBuffer(series);
        String outcome =
                RecordedDelivery.export(exporter, Payload.of(PayloadForm.PPROF, bytes, 2 * series.length, null));
        assertThat(bytes.refCnt()).isZero();
        return outcome;
    }

    @Test
    void profileArrivesAsItWas() throws Exception {
        byte[] packed = profile().gzipped();
        assertThat(send(pushed(LABELS, packed))).isEqualTo("delivered");
        PyroscopeServer.Taken taken = backend.next();
        assertThat(taken.labels()).isEqualTo(LABELS);
        assertThat(taken.raw()).isEqualTo(packed);
        assertThat(taken.headers())
                .containsEntry("User-Agent", "lightvessel-test/1")
                .doesNotContainKey("Content-Encoding");
        assertThat(backend.complaints).isEmpty();
    }

    @Test
    void tenantCompressionAndLabelsAreAddedAsConfigured() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", compression: gzip, headers: {X-Scope-OrgID: team-a},"
                + " external_labels: {cluster: eu, job: other}");
        assertThat(send(pushed(LABELS, profile().gzipped()))).isEqualTo("delivered");
        PyroscopeServer.Taken taken = backend.next();
        assertThat(taken.headers()).containsEntry("X-Scope-OrgID", "team-a").containsEntry("Content-Encoding", "gzip");
        assertThat(taken.labels())
                .containsEntry("cluster", "eu")
                .containsEntry("job", "other")
                .hasSize(6);
        assertThat(taken.profile().values()).isEqualTo(profile().values());
    }

    @Test
    void seriesAreRejectedOneByOne() throws Exception {
        byte[] good = pushed(LABELS, profile().gzipped());
        byte[] bad = pushed(Map.of("__name__", "memory"), profile().gzipped());
        assertThat(send(good, bad, good)).isEqualTo("rejected 2: invalid_argument (HTTP status 400): no service_name");
        assertThat(backend.taken).hasSize(2);
        assertThat(send(bad)).isEqualTo("permanent: invalid_argument (HTTP status 400): no service_name");
    }

    @Test
    void retryLeavesOutWhatHasArrived() throws Exception {
        byte[] good = pushed(LABELS, profile().gzipped());
        backend.failOnce(503, "unavailable", "soon", Map.of("Retry-After", "7"));
        ByteBuf bytes = Unpooled.wrappedBuffer(good, good, good);
        Payload payload = Payload.of(PayloadForm.PPROF, bytes, 6, null);
        assertThat(RecordedDelivery.export(exporter, payload.retain()))
                .isEqualTo("retryable after PT7S: unavailable (HTTP status 503): soon");
        int before = backend.taken.size();
        assertThat(before).isLessThan(3);
        assertThat(RecordedDelivery.export(exporter, payload)).isEqualTo("delivered");
        assertThat(backend.taken).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "429, resource_exhausted, retryable",
        "500, internal, retryable",
        "500, unknown, retryable",
        "504, deadline_exceeded, retryable",
        "503, unavailable, retryable",
        "409, aborted, retryable",
        "500, data_loss, retryable",
        "400, invalid_argument, permanent",
        "400, failed_precondition, permanent",
        "400, out_of_range, permanent",
        "401, unauthenticated, permanent",
        "403, permission_denied, permanent",
        "404, not_found, permanent",
        "501, unimplemented, permanent",
    })
    void codesDecideWhetherToTryAgain(int status, String code, String kind) throws Exception {
        backend.failOnce(status, code, "why", Map.of());
        assertThat(send(pushed(LABELS, profile().gzipped())))
                .isEqualTo(kind + ": " + code + " (HTTP status " + status + "): why");
    }

    @ParameterizedTest
    @CsvSource({
        "502, retryable",
        "429, retryable",
        "408, retryable",
        "413, permanent",
        "404, permanent",
        "400, permanent"
    })
    void statusDecidesWhenAProxyAnswers(int status, String kind) throws Exception {
        backend.failPlainly(status, "<html>\nno</html>");
        assertThat(send(pushed(LABELS, profile().gzipped())))
                .isEqualTo(kind + ": HTTP status " + status + ": <html> no</html>");
    }

    @Test
    void oneWhoIsNotLetInSendsNoMore() throws Exception {
        byte[] good = pushed(LABELS, profile().gzipped());
        for (int i = 0; i < 4; i++) {
            backend.failOnce(401, "unauthenticated", "who", Map.of());
        }
        byte[][] many = new byte[9][];
        java.util.Arrays.fill(many, good);
        assertThat(send(many)).startsWith("permanent: unauthenticated");
        assertThat(backend.taken.size()).isLessThanOrEqualTo(5);
    }

    @Test
    void backendThatIsNotThereIsTriedAgain() throws Exception {
        backend.close();
        assertThat(send(pushed(LABELS, profile().gzipped()))).startsWith("retryable: ");
    }

    @Test
    void requestThatCannotBeReadIsDropped() throws Exception {
        assertThat(send(new byte[] {10, 99})).startsWith("permanent: the profiles cannot be read: a field of 99 bytes");
    }

    @Test
    void queryInTheEndpointIsRefused() {
        assertThatThrownBy(() -> TestContext.settings(
                        "exporters", "pyroscope", "pyroscope: {endpoint: \"http://a/?x=1\"}", "profiles"))
                .hasMessageContaining("endpoint: a URL with a query");
    }

    @Test
    void takesProfilesAsTheyWerePulled() {
        assertThat(exporter.forms()).containsExactlyInAnyOrderElementsOf(List.of(PayloadForm.PPROF, PayloadForm.OTLP));
    }
}
