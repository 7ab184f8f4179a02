package io.lightvessel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite against our own receiver, with every signal connected. */
class ReceiverIT {

    private record Receiver(GatewayComponents components, Engine engine) implements AutoCloseable {

        static Receiver with(String tls, String exporter) {
            return with(tls, exporter, "profiles: {receivers: [otlp], exporters: [%s]}", null);
        }

        /** @param budgetBytes null for the usual byte budget */
        static Receiver with(String tls, String exporter, String profiles, @Nullable Long budgetBytes) {
            String id = exporter.substring(0, exporter.indexOf(':'));
            String config = """
                    receivers:
                      otlp:
                        protocols:
                          grpc: {endpoint: "127.0.0.1:0", max_recv_msg_size_mib: 1%1$s}
                          http: {endpoint: "127.0.0.1:0", max_request_body_size: 1048576%1$s}
                    exporters:
                      %2$s
                    service:
                      pipelines:
                        traces: {receivers: [otlp], exporters: [%3$s]}
                        metrics: {receivers: [otlp], exporters: [%3$s]}
                        logs: {receivers: [otlp], exporters: [%3$s]}
                        %4$s
                    """.formatted(tls, exporter, id, profiles.formatted(id));
            ParseOutcome outcome = ConfigParser.parse(config, Environment.of(Map.of()));
            if (!(outcome instanceof ParseOutcome.Valid valid)) {
                throw new AssertionError(outcome.findings());
            }
            GatewayComponents components = GatewayComponents.create();
            EngineOptions defaults = EngineOptions.defaults("1.0", "test");
            // What a test leaves in a queue is not waited for.
            long budget = budgetBytes == null ? defaults.budgetBytes() : budgetBytes;
            EngineOptions options = new EngineOptions(budget, Duration.ofMillis(100), "1.0", "test");
            Engine engine = Engine.create(options, components.factories());
            assertThat(engine.apply(valid.config())).isInstanceOf(ApplyOutcome.Applied.class);
            return new Receiver(components, engine);
        }

        String port(String protocol) {
            String endpoint = engine.endpoints().get(ComponentId.of("otlp")).get(protocol);
            return endpoint.substring(endpoint.lastIndexOf(':') + 1);
        }

        @Override
        public void close() {
            engine.close();
            components.close();
        }
    }

    @Test
    void ownReceiverFailsNothing() {
        try (Receiver receiver = Receiver.with("", "debug: {}")) {
            Run run = Run.of("http://127.0.0.1:" + receiver.port("http"), "grpc://127.0.0.1:" + receiver.port("grpc"));

            assertThat(run.cases("MUST", "fail")).isEmpty();
            assertThat(run.cases("SHOULD", "fail")).isEmpty();
            assertThat(run.cases("MAY", "fail")).isEmpty();
            assertThat(run.exit()).isZero();
            // Only what a receiver that is never busy cannot show; a limit that nothing ran into would be skipped too.
            assertThat(run.lines().lines().filter(line -> line.contains(" skip ")))
                    .allMatch(line -> line.contains(" backpressure."));
            assertThat(run.cases("MUST", "pass")).hasSizeGreaterThan(170);
        }
    }

    @Test
    void ownReceiverSaysItIsBusyInTheRightForms() throws Exception {
        // Takes connections and never answers, so that a queue of two fills.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Receiver receiver = Receiver.with(
                        "",
                        "otlphttp: {endpoint: \"http://127.0.0.1:" + silent.getLocalPort()
                                + "\", sending_queue: {queue_size: 2, num_consumers: 1}}")) {
            Run run = Run.of(
                    "http://127.0.0.1:" + receiver.port("http"),
                    "grpc://127.0.0.1:" + receiver.port("grpc"),
                    "--only",
                    "^backpressure");

            assertThat(run.cases("MUST", "pass").keySet())
                    .containsExactly(
                            "backpressure.grpc.retry-info",
                            "backpressure.http.retry-after",
                            "backpressure.http.status");
            assertThat(run.cases("SHOULD", "pass").keySet()).containsExactly("backpressure.grpc.code");
            assertThat(run.cases("MAY", "pass").keySet()).containsExactly("backpressure.http.retry-after.given");
        }
    }

    /** A client's other requests hold memory all the time; how it is told that a body is too large must not change. */
    @Test
    void tooLargeBodiesAreRefusedForGoodThoughMemoryIsShort() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Receiver receiver = Receiver.with(
                        "",
                        "otlphttp: {endpoint: \"http://127.0.0.1:" + silent.getLocalPort()
                                + "\", sending_queue: {queue_size: 1000, num_consumers: 1}}",
                        "",
                        (1L << 20) + (64 << 10))) {
            String http = "http://127.0.0.1:" + receiver.port("http");
            String grpc = "grpc://127.0.0.1:" + receiver.port("grpc");
            // Stays in the queue for good.
            assertThat(Run.of(http, "--only", "^http.logs.protobuf$").cases("MUST", "pass"))
                    .isNotEmpty();

            Run run = Run.of(http, grpc, "--only", "^limits.*(gzip|bomb)");

            assertThat(run.cases("MUST", "fail")).isEmpty();
            assertThat(run.cases("SHOULD", "fail")).isEmpty();
            assertThat(run.cases("MUST", "pass")).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void profilesThatAReceiverDoesNotTakeAreNotHeldAgainstIt() {
        try (Receiver receiver = Receiver.with("", "debug: {}", "", null)) {
            Run run = Run.of(
                    "http://127.0.0.1:" + receiver.port("http"),
                    "grpc://127.0.0.1:" + receiver.port("grpc"),
                    "--only",
                    "^profiles");

            assertThat(run.cases("MAY", "skip")).hasSizeGreaterThan(10);
            assertThat(run.cases("MAY", "fail")).isEmpty();
            assertThat(run.cases("MAY", "pass")).isEmpty();
        }
    }

    @Test
    void ownReceiverIsReachedOverTlsByWhoTrustsIt(@TempDir Path directory) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=server")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        Path ca = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
        Files.writeString(directory.resolve("server.pem"), server.getCertificatePathPEM());
        Files.writeString(directory.resolve("server.key"), server.getPrivateKeyPEM());
        String tls = ", tls: {cert_file: %1$s/server.pem, key_file: %1$s/server.key}".formatted(directory);
        try (Receiver receiver = Receiver.with(tls, "debug: {}")) {
            String http = "https://localhost:" + receiver.port("http");
            String grpc = "grpcs://localhost:" + receiver.port("grpc");

            Run run = Run.of(http, grpc, "--ca", ca.toString(), "--only", "^(http|grpc)\\.traces(\\.protobuf)?$");

            assertThat(run.cases("MUST", "pass").keySet()).containsExactly("grpc.traces", "http.traces.protobuf");
            assertThat(Run.refused(http)).startsWith("lightvessel conformance: no connection to " + http + ": ");
            assertThat(Run.refused(grpc)).startsWith("lightvessel conformance: no connection to " + grpc + ": ");
        }
    }
}
