package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets behind TLS, with certificates made for the test. */
class TlsTargetTest {
    @TempDir
    Path directory;

    private final ClientKit kit = new ClientKit();
    private X509Bundle authority;
    private X509Bundle target;
    private HttpsServer server;

    @BeforeEach
    void makeCertificates() throws Exception {
        authority = authority("authority");
        target = new CertificateBuilder()
                .subject("CN=target")
                .addSanDnsName("target.example")
                .buildIssuedBy(authority);
        write("ca.pem", authority.getCertificatePEM());
        write("other-ca.pem", authority("other").getCertificatePEM());
        X509Bundle scraper = new CertificateBuilder().subject("CN=scraper").buildIssuedBy(authority);
        write("client.pem", scraper.getCertificatePathPEM());
        write("client.key", scraper.getPrivateKeyPEM());
    }

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
    }

    @AfterEach
    void stop() {
        kit.close();
        if (server != null) {
            server.stop(0);
        }
    }

    private void start(boolean asksForCertificate) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(target.toKeyManagerFactory().getKeyManagers(), new TrustManager[] {authority.toTrustManager()}, null);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters defaults = tls.getDefaultSSLParameters();
                defaults.setNeedClientAuth(asksForCertificate);
                parameters.setSSLParameters(defaults);
            }
        });
        server.createContext("/", exchange -> ClientKit.answer(exchange, 200, "a 1\n"));
        server.start();
    }

    private String get(String tls) throws Exception {
        return kit.get(
                kit.client("scheme: https, tls_config: {" + tls.replace("DIR", directory.toString()) + "}"),
                "https://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    @Test
    void aTargetIsTrustedByItsAuthorityAndItsName() throws Exception {
        start(false);
        assertThat(get("ca_file: DIR/ca.pem, server_name: target.example")).isEqualTo("a 1\n");
        assertThat(get("ca_file: DIR/ca.pem")).startsWith("UNREACHABLE: ").contains("127.0.0.1");
        assertThat(get("ca_file: DIR/ca.pem, server_name: else.example"))
                .startsWith("UNREACHABLE: ")
                .contains("else.example");
        assertThat(get("ca_file: DIR/other-ca.pem, server_name: target.example"))
                .startsWith("UNREACHABLE: ")
                .contains("PKIX");
        assertThat(get("server_name: target.example"))
                .startsWith("UNREACHABLE: ")
                .contains("PKIX");
        assertThat(get("insecure_skip_verify: true")).isEqualTo("a 1\n");
        assertThat(kit.budgetUsed()).isZero();
    }

    @Test
    void aTargetThatAsksForACertificateGetsIt() throws Exception {
        start(true);
        String trust = "ca_file: DIR/ca.pem, server_name: target.example";
        assertThat(get(trust + ", cert_file: DIR/client.pem, key_file: DIR/client.key"))
                .isEqualTo("a 1\n");
        assertThat(get(trust)).startsWith("UNREACHABLE: ");
        X509Bundle stranger = new CertificateBuilder().subject("CN=stranger").buildIssuedBy(authority("strangers"));
        write("stranger.pem", stranger.getCertificatePathPEM());
        write("stranger.key", stranger.getPrivateKeyPEM());
        assertThat(get(trust + ", cert_file: DIR/stranger.pem, key_file: DIR/stranger.key"))
                .startsWith("UNREACHABLE: ");
    }

    /** As Prometheus follows it; but what is secret does not leave TLS, not even for the same host. */
    @Test
    void aRedirectOutOfTlsIsFollowedWithoutCredentials() throws Exception {
        start(false);
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer plain = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        plain.createContext("/", exchange -> {
            heard.add("plain " + exchange.getRequestHeaders().getFirst("Authorization"));
            ClientKit.answer(exchange, 200, "b 1\n");
        });
        plain.start();
        server.createContext("/away", exchange -> {
            heard.add("tls " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + plain.getAddress().getPort() + "/");
            ClientKit.answer(exchange, 302, "");
        });
        try {
            String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/away";
            String settings =
                    "scheme: https, tls_config: {insecure_skip_verify: true}, authorization: {credentials: hidden}";
            assertThat(kit.get(kit.client(settings), url)).isEqualTo("b 1\n");
            assertThat(heard).containsExactly("tls Bearer hidden", "plain null");
        } finally {
            plain.stop(0);
        }
    }

    @Test
    void versionsThatDoNotMeetAreSaid() throws Exception {
        start(false);
        assertThat(get("insecure_skip_verify: true, min_version: TLS13")).isEqualTo("a 1\n");
        assertThat(get("insecure_skip_verify: true, max_version: TLS12")).isEqualTo("a 1\n");
        assertThatThrownBy(() -> get("insecure_skip_verify: true, min_version: TLS13, max_version: TLS12"))
                .hasMessageContaining("min_version");
    }

    /** As a mounted secret is that is renewed. */
    @Test
    void certificatesThatAreReplacedCountForTheNextConnection() throws Exception {
        start(false);
        String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
        Files.copy(directory.resolve("other-ca.pem"), directory.resolve("now.pem"));
        TargetClient client = kit.client(
                "scheme: https, tls_config: {ca_file: " + directory + "/now.pem, server_name: target.example}");
        assertThat(kit.get(client, url)).contains("PKIX");
        Files.delete(directory.resolve("now.pem"));
        assertThat(kit.get(client, url)).isEqualTo("UNREACHABLE: tls: " + directory + "/now.pem cannot be read");
        Files.copy(directory.resolve("ca.pem"), directory.resolve("now.pem"));
        assertThat(kit.get(client, url)).isEqualTo("a 1\n");
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsScraped() throws Exception {
        assertThatThrownBy(() -> kit.client("tls_config: {ca_file: " + directory + "/none.pem}"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageContaining(directory + "/none.pem cannot be read");
        write("empty.pem", "no certificate\n");
        assertThatThrownBy(() -> kit.client("tls_config: {ca_file: " + directory + "/empty.pem}"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageContaining("tls_config");
    }
}
