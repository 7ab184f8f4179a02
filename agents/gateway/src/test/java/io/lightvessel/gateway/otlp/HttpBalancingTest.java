package io.lightvessel.gateway.otlp;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.loki.LokiExporterFactory;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.net.http.ConnectionRules;
import io.lightvessel.gateway.prometheus.RemoteWriteExporterFactory;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BalancingTest asks of gRPC, asked of the exporters that post. */
class HttpBalancingTest {
    private static final Duration FOREVER = Duration.ofHours(1);

    private final Transport transport = new Transport(1);
    private final byte[] logs = Requests.logs(2, 10).toByteArray();
    private final byte[] metrics = Requests.metrics(
                    Requests.resource("service.name", "shop"),
                    Metric.newBuilder()
                            .setName("up")
                            .setGauge(Gauge.newBuilder()
                                    .addDataPoints(NumberDataPoint.newBuilder()
                                            .setTimeUnixNano(1_000_000_000L)
                                            .setAsInt(1)))
                            .build())
            .toByteArray();
    private final List<ScriptedHttp> backends = new ArrayList<>();
    private volatile List<String> addresses = List.of();
    private int port;
    private Exporter exporter;
    private Signal signal = Signal.LOGS;

    @BeforeEach
    void choosePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        exporter.stop(Duration.ofMillis(200));
        backends.forEach(ScriptedHttp::close);
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"otlphttp", "loki", "prometheusremotewrite"})
    void requestsGoToEachAddressInTurn(String type) throws Exception {
        List<ScriptedHttp> three = start("127.0.0.2", "127.0.0.3", "127.0.0.4");
        exporter(type, FOREVER);
        sendUntilSeen(three);
        List<Integer> counts = counts(three);
        for (int i = 0; i < 9; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(counts(three))
                .isEqualTo(counts.stream().map(count -> count + 3).toList());
        assertThat(three.get(0).requests.getFirst().headers()).containsEntry("Host", "backend.test:" + port);
    }

    @Test
    void requestsAtOnceSpreadOverTheAddresses() throws Exception {
        List<ScriptedHttp> two = start("127.0.0.2", "127.0.0.3");
        exporter("otlphttp", FOREVER);
        List<RecordedDelivery> underWay = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RecordedDelivery delivery = new RecordedDelivery();
            exporter.export(Payload.walk(Signal.LOGS, Unpooled.copiedBuffer(logs)), delivery);
            underWay.add(delivery);
        }
        for (RecordedDelivery delivery : underWay) {
            assertThat(delivery.await()).isEqualTo("delivered");
        }
        assertThat(two).allSatisfy(backend -> assertThat(backend.requests).hasSizeBetween(3, 5));
    }

    @Test
    void anAddedAddressGetsItsShareWithoutAFailure() throws Exception {
        start("127.0.0.2", "127.0.0.3");
        exporter("otlphttp", Duration.ofMillis(200));
        assertThat(send()).isEqualTo("delivered");
        ScriptedHttp fresh = new ScriptedHttp("127.0.0.4", port);
        backends.add(fresh);
        addresses = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
        sendUntilSeen(List.of(fresh));
    }

    @Test
    void anAddressThatLeftTheNameIsLeftThoughItStillAnswers() throws Exception {
        List<ScriptedHttp> two = start("127.0.0.2", "127.0.0.3");
        exporter("otlphttp", Duration.ofMillis(200));
        sendUntilSeen(two);
        addresses = List.of("127.0.0.3");
        int inARow = 0;
        for (int i = 0; i < 3000 && inARow < 100; i++) {
            int before = two.get(0).requests.size();
            assertThat(send()).isEqualTo("delivered");
            inARow = two.get(0).requests.size() == before ? inARow + 1 : 0;
            Thread.sleep(5);
        }
        assertThat(inARow).isEqualTo(100);
    }

    @Test
    void aDeadAddressIsLeftWithoutLoss() throws Exception {
        List<ScriptedHttp> two = start("127.0.0.2", "127.0.0.3");
        exporter("otlphttp", Duration.ofMillis(200));
        sendUntilSeen(two);
        ScriptedHttp dead = two.get(0);
        backends.remove(dead);
        dead.close();
        for (int i = 0; i < 100; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(two.get(1).requests).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void anAddressThatWasDeadFromTheStartIsNotWaitedFor() throws Exception {
        List<ScriptedHttp> one = start("127.0.0.3");
        addresses = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
        exporter("otlphttp", FOREVER);
        for (int i = 0; i < 20; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(one.getFirst().requests).hasSize(20);
    }

    @Test
    void anUnknownNameIsRetriedAndFoundLater() throws Exception {
        exporter("otlphttp", FOREVER);
        assertThat(send()).isEqualTo("retryable: cannot resolve backend.test: backend.test: unknown");
        start("127.0.0.2");
        assertThat(send()).isEqualTo("delivered");
    }

    @Test
    void connectionsEndBetweenExchangesAndNeverWithinOne() throws Exception {
        start("127.0.0.2");
        exporter("otlphttp", Duration.ofMillis(1));
        for (int i = 0; i < 200; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
    }

    private static List<Integer> counts(List<ScriptedHttp> servers) {
        return servers.stream().map(server -> server.requests.size()).toList();
    }

    /** Connections to further addresses open beside the requests that use the first. */
    private void sendUntilSeen(List<ScriptedHttp> servers) throws Exception {
        for (int i = 0; i < 3000 && counts(servers).contains(0); i++) {
            assertThat(send()).isEqualTo("delivered");
            Thread.sleep(5);
        }
        assertThat(counts(servers)).doesNotContain(0);
    }

    private List<ScriptedHttp> start(String... hosts) throws Exception {
        List<ScriptedHttp> started = new ArrayList<>();
        for (String host : hosts) {
            started.add(new ScriptedHttp(host, port));
        }
        backends.addAll(started);
        addresses = List.of(hosts);
        return started;
    }

    private void exporter(String type, Duration oldest) throws Exception {
        signal = type.equals("prometheusremotewrite") ? Signal.METRICS : Signal.LOGS;
        ConnectionRules rules = new ConnectionRules(this::resolve, oldest);
        ExporterFactory factory = switch (type) {
            case "loki" -> new LokiExporterFactory(transport, rules);
            case "prometheusremotewrite" -> new RemoteWriteExporterFactory(transport, rules);
            default -> new OtlpHttpExporterFactory(transport, rules);
        };
        String yaml = type + ": {endpoint: \"http://backend.test:" + port + "/push\"}";
        exporter = factory.prepare(
                        new TestContext(type, 1 << 20),
                        TestContext.settings("exporters", type, yaml, signal.label()),
                        null)
                .component();
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(InetAddress.getByName(address));
        }
        if (found.isEmpty()) {
            throw new UnknownHostException(host + ": unknown");
        }
        return found;
    }

    private String send() throws Exception {
        return export(exporter, signal, signal == Signal.METRICS ? metrics : logs);
    }
}
