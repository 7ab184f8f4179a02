package io.lightvessel.gateway.otlp;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedGrpc;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Exporter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One name, several addresses: loopback has enough of them to be a cluster of backends. */
class BalancingTest {
    private final Transport transport = new Transport(1);
    private final byte[] spans = Requests.spans(2).toByteArray();
    private final List<ScriptedGrpc> backends = new ArrayList<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private volatile List<String> addresses = List.of();
    private int port;
    private Exporter exporter;

    @BeforeEach
    void choosePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        exporter.stop(Duration.ofMillis(200));
        backends.forEach(ScriptedGrpc::close);
        transport.close();
    }

    @Test
    void requestsGoToEachAddressInTurn() throws Exception {
        List<ScriptedGrpc> three = start("127.0.0.2", "127.0.0.3", "127.0.0.4");
        exporter("");
        for (int i = 0; i < 9; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(three).allSatisfy(backend -> assertThat(backend.requests).hasSize(3));
        assertThat(three.getFirst().requests.getFirst()).containsEntry(":authority", "tempo.test:" + port);
    }

    @Test
    void pickFirstStaysWithOneUntilItIsGone() throws Exception {
        List<ScriptedGrpc> two = start("127.0.0.2", "127.0.0.3");
        exporter(", balancer_name: pick_first");
        for (int i = 0; i < 4; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(two.get(0).requests).hasSize(4);
        assertThat(two.get(1).requests).isEmpty();
        stop(two.get(0));
        assertThat(sendUntilDelivered()).isLessThan(20);
        assertThat(two.get(1).requests).isNotEmpty();
    }

    @Test
    void replicasThatComeAndGoAreNoticedWhenAConnectionEnds() throws Exception {
        List<ScriptedGrpc> two = start("127.0.0.2", "127.0.0.3");
        exporter("");
        for (int i = 0; i < 4; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        ScriptedGrpc fresh = new ScriptedGrpc("127.0.0.4", port);
        backends.add(fresh);
        addresses = List.of("127.0.0.3", "127.0.0.4");
        stop(two.get(0));
        for (int i = 0; i < 500 && fresh.requests.isEmpty(); i++) {
            send();
            Thread.sleep(10);
        }
        assertThat(fresh.requests).isNotEmpty();
        int before = two.get(1).requests.size();
        for (int i = 0; i < 4; i++) {
            assertThat(send()).isEqualTo("delivered");
        }
        assertThat(two.get(1).requests.size() - before).isEqualTo(2);
        assertThat(lookUps.get()).isGreaterThan(1);
    }

    @Test
    void anUnknownNameIsRetriedAndFoundLater() throws Exception {
        exporter("");
        assertThat(send()).isEqualTo("retryable: UNAVAILABLE: cannot resolve tempo.test: tempo.test: unknown");
        start("127.0.0.2");
        assertThat(sendUntilDelivered()).isLessThan(5);
    }

    private void stop(ScriptedGrpc backend) {
        backends.remove(backend);
        backend.close();
    }

    private List<ScriptedGrpc> start(String... hosts) {
        List<ScriptedGrpc> started = new ArrayList<>();
        for (String host : hosts) {
            started.add(new ScriptedGrpc(host, port));
        }
        backends.addAll(started);
        addresses = List.of(hosts);
        return started;
    }

    private void exporter(String more) throws Exception {
        String yaml = "otlp: {endpoint: \"dns:///tempo.test:" + port + "\", tls: {insecure: true}, compression: none"
                + more + "}";
        exporter = new OtlpGrpcExporterFactory(transport, this::resolve)
                .prepare(new TestContext("otlp", 1 << 20), TestContext.settings("exporters", "otlp", yaml), null)
                .component();
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
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
        return export(exporter, Signal.TRACES, spans);
    }

    private int sendUntilDelivered() throws Exception {
        int attempts = 1;
        while (!send().equals("delivered")) {
            attempts++;
            if (attempts == 100) {
                return attempts;
            }
            Thread.sleep(20);
        }
        return attempts;
    }
}
