package io.lightvessel.gateway.otlp;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterFactory;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and mutual TLS between our own exporters and receiver, with certificates made for the test. */
class TlsTest {
    @TempDir
    Path directory;

    private final Transport transport = new Transport(1);
    private final byte[] spans = Requests.spans(3).toByteArray();
    private ReceiverKit kit;

    @BeforeEach
    void makeCertificates() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=server")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        X509Bundle client = new CertificateBuilder().subject("CN=client").buildIssuedBy(authority);
        Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
        Files.writeString(directory.resolve("server.pem"), server.getCertificatePathPEM());
        Files.writeString(directory.resolve("server.key"), server.getPrivateKeyPEM());
        Files.writeString(directory.resolve("client.pem"), client.getCertificatePathPEM());
        Files.writeString(directory.resolve("client.key"), client.getPrivateKeyPEM());
    }

    @AfterEach
    void stop() {
        if (kit != null) {
            kit.close();
        }
        transport.close();
    }

    private void start(String more) throws ComponentFailure {
        String tls = "tls: {cert_file: %1$s/server.pem, key_file: %1$s/server.key%2$s}".formatted(directory, more);
        kit = new ReceiverKit("""
                otlp:
                  protocols:
                    grpc: {endpoint: "127.0.0.1:0", %1$s}
                    http: {endpoint: "127.0.0.1:0", %1$s}
                """.formatted(tls), 1 << 20, Timeouts.DEFAULT);
    }

    private String send(String type, String tls) throws Exception {
        Exporter exporter = exporter(type, tls);
        try {
            return export(exporter, Signal.TRACES, spans);
        } finally {
            exporter.stop(Duration.ofMillis(200));
        }
    }

    private Exporter exporter(String type, String tls) throws Exception {
        ExporterFactory factory =
                type.equals("otlp") ? new OtlpGrpcExporterFactory(transport) : new OtlpHttpExporterFactory(transport);
        String endpoint = type.equals("otlp") ? "localhost:" + kit.grpcPort() : "https://localhost:" + kit.httpPort();
        return factory.prepare(
                        new TestContext(type, 1 << 20),
                        TestContext.settings(
                                "exporters",
                                type,
                                type + ": {endpoint: \"" + endpoint + "\", tls: {" + tls.formatted(directory) + "}}"),
                        null)
                .component();
    }

    @Test
    void trustedServersAreTalkedToAndOthersAreNot() throws Exception {
        start("");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThat(send(type, "ca_file: %s/ca.pem")).as(type).isEqualTo("delivered");
            assertThat(kit.context.next().bytes()).isEqualTo(spans);
            assertThat(send(type, "insecure_skip_verify: true")).as(type).isEqualTo("delivered");
            assertThat(kit.context.next().bytes()).isEqualTo(spans);
            assertThat(send(type, "")).as(type).startsWith("retryable: ").contains("PKIX");
        }
        assertThat(send("otlp", "ca_file: %s/ca.pem, server_name_override: elsewhere"))
                .startsWith("retryable: ");
        assertThat(send("otlp", "insecure: true")).startsWith("retryable: ");
    }

    @Test
    void clientsMustShowTheirCertificateWhenAsked() throws Exception {
        start(", client_ca_file: " + directory + "/ca.pem");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThat(send(type, "ca_file: %1$s/ca.pem, cert_file: %1$s/client.pem, key_file: %1$s/client.key"))
                    .as(type)
                    .isEqualTo("delivered");
            assertThat(send(type, "ca_file: %s/ca.pem")).as(type).startsWith("retryable: ");
        }
        assertThat(kit.context.taken).hasSize(2);
    }

    private String pem(String file) throws Exception {
        return '"' + Files.readString(directory.resolve(file)).replace("\r", "").replace("\n", "\\n") + '"';
    }

    @Test
    void clientsCertificatesMayStandInTheConfigToo() throws Exception {
        start(", client_ca_file: " + directory + "/ca.pem");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThat(send(
                            type,
                            "ca_pem: " + pem("ca.pem") + ", cert_pem: " + pem("client.pem") + ", key_pem: "
                                    + pem("client.key")))
                    .as(type)
                    .isEqualTo("delivered");
        }
        assertThat(kit.context.taken).hasSize(2);
    }

    @Test
    void clientsSpeakTheVersionsAndSuitesTheyAreTold() throws Exception {
        start(", max_version: '1.2'");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            String trusting = "ca_file: %s/ca.pem, ";
            assertThat(send(type, trusting + "min_version: '1.2', max_version: '1.2'"))
                    .as(type)
                    .isEqualTo("delivered");
            assertThat(send(type, trusting + "min_version: '1.3'")).as(type).startsWith("retryable: ");
            assertThat(send(
                            type,
                            trusting + "cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
                                    + " TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]"))
                    .as(type)
                    .isEqualTo("delivered");
            assertThatThrownBy(() -> send(type, trusting + "cipher_suites: [TLS_OF_MINE]"))
                    .isInstanceOf(ComponentFailure.class)
                    .hasMessageStartingWith("exporter " + type + ": tls: ")
                    .hasMessageContaining("TLS_OF_MINE");
        }
    }

    @Test
    void theSystemsAuthoritiesComeBesideOnesOwn() throws Exception {
        start("");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThat(send(type, "ca_file: %s/ca.pem, include_system_ca_certs_pool: true"))
                    .as(type)
                    .isEqualTo("delivered");
            assertThat(send(type, "include_system_ca_certs_pool: true"))
                    .as(type)
                    .startsWith("retryable: ");
        }
    }

    @Test
    void anotherNameMayBeExpectedInTheCertificate() throws Exception {
        start("");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThat(send(type, "ca_file: %s/ca.pem, server_name_override: elsewhere"))
                    .as(type)
                    .startsWith("retryable: ")
                    .contains("elsewhere");
        }
    }

    @Test
    void aNewAuthorityIsTrustedByNewConnections() throws Exception {
        start("");
        Files.copy(directory.resolve("ca.pem"), directory.resolve("trusted.pem"));
        String right = Files.readString(directory.resolve("trusted.pem"));
        makeCertificates();
        Files.copy(directory.resolve("ca.pem"), directory.resolve("trusted.pem"), StandardCopyOption.REPLACE_EXISTING);
        Exporter exporter = exporter("otlphttp", "ca_file: %s/trusted.pem, reload_interval: 1ms");
        try {
            assertThat(export(exporter, Signal.TRACES, spans)).startsWith("retryable: ");
            Files.writeString(directory.resolve("trusted.pem"), "damaged");
            assertThat(export(exporter, Signal.TRACES, spans)).startsWith("retryable: ");
            Files.writeString(directory.resolve("trusted.pem"), right);
            String outcome = "";
            for (int i = 0; i < 500 && !outcome.equals("delivered"); i++) {
                outcome = export(exporter, Signal.TRACES, spans);
                Thread.sleep(5);
            }
            assertThat(outcome).isEqualTo("delivered");
        } finally {
            exporter.stop(Duration.ofMillis(200));
        }
    }

    @Test
    void clientsCertificatesThatAreMissingAreNamed() throws Exception {
        start("");
        for (String type : new String[] {"otlp", "otlphttp"}) {
            assertThatThrownBy(() -> send(type, "ca_file: /no/ca.pem"))
                    .isInstanceOf(ComponentFailure.class)
                    .hasMessage("exporter " + type + ": tls: /no/ca.pem: no such file");
        }
    }

    @Test
    void missingCertificateIsNamed() {
        assertThatThrownBy(() -> new ReceiverKit(
                        "otlp: {protocols: {grpc: {endpoint: '127.0.0.1:0', tls: {cert_file: /no/a.pem, key_file: /no/a.key}}}}",
                        1 << 20,
                        Timeouts.DEFAULT))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageStartingWith("receiver otlp: tls: ")
                .hasMessageContaining("/no/a.pem");
    }

    private static X509Certificate shown(int port) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Files are looked at when somebody connects, and what is found holds for those who come later. */
    private static X509Certificate changed(int port, X509Certificate before) throws Exception {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        X509Certificate shown = shown(port);
        while (shown.equals(before) && System.nanoTime() < patience) {
            Thread.sleep(5);
            shown = shown(port);
        }
        return shown;
    }

    @Test
    void newCertificatesAreShownToNewConnectionsWhileOldOnesGoOn() throws Exception {
        start(", reload_interval: 1ms");
        ExporterFactory factory = new OtlpGrpcExporterFactory(transport);
        Exporter open = factory.prepare(
                        new TestContext("otlp", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "otlp",
                                "otlp: {endpoint: 'localhost:" + kit.grpcPort() + "', tls: {ca_file: " + directory
                                        + "/ca.pem}}"),
                        null)
                .component();
        assertThat(export(open, Signal.TRACES, spans)).isEqualTo("delivered");
        X509Certificate before = shown(kit.grpcPort());

        makeCertificates();
        X509Certificate after = changed(kit.grpcPort(), before);
        assertThat(after).isNotEqualTo(before);
        assertThat(changed(kit.httpPort(), before)).isEqualTo(after);
        // The old authority is gone from the files, so this can only be the old connection.
        assertThat(export(open, Signal.TRACES, spans)).isEqualTo("delivered");
        open.stop(Duration.ofMillis(200));

        Files.writeString(directory.resolve("server.key"), "damaged");
        assertThat(shown(kit.grpcPort())).isEqualTo(after);
    }

    @Test
    void certificatesMayStandInTheConfig() throws Exception {
        String certificate = Files.readString(directory.resolve("server.pem"))
                .replace("\r", "")
                .replace("\n", "\\n");
        String key = Files.readString(directory.resolve("server.key"))
                .replace("\r", "")
                .replace("\n", "\\n");
        kit = new ReceiverKit(
                "otlp: {protocols: {grpc: {endpoint: '127.0.0.1:0', tls: {cert_pem: \"" + certificate
                        + "\", key_pem: \""
                        + key + "\", max_version: '1.2', cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
                        + " TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]}}}}",
                1 << 20,
                Timeouts.DEFAULT);
        assertThat(send("otlp", "ca_file: %s/ca.pem")).isEqualTo("delivered");
    }
}
