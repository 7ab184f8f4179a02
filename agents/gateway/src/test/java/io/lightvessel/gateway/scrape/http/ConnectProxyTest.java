package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets behind TLS that only a proxy can reach. */
class ConnectProxyTest {
    private final ClientKit kit = new ClientKit();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpsServer target;
    private ServerSocket proxy;
    private String trusted = "";
    private volatile String answer = "HTTP/1.1 200 Connection established\r\nX-By: proxy\r\n\r\n";

    @BeforeEach
    void start() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=target")
                .addSanDnsName("hidden.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        target = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        target.setHttpsConfigurator(new HttpsConfigurator(tls));
        target.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            ClientKit.answer(exchange, 200, "a 1\n");
        });
        target.start();
        trusted = certificate.getCertificatePEM();
        proxy = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.startVirtualThread(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        kit.close();
        proxy.close();
        target.stop(0);
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                Thread.startVirtualThread(() -> tunnel(client));
            } catch (IOException e) {
                assertThat(proxy.isClosed()).as("%s", e).isTrue();
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket onward = new Socket("127.0.0.1", target.getAddress().getPort())) {
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            asked.add(head.toString().strip());
            // In two pieces: nothing says that an answer comes at once.
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            client.getOutputStream().write(bytes, 0, 9);
            client.getOutputStream().flush();
            client.getOutputStream().write(bytes, 9, bytes.length - 9);
            if (!answer.startsWith("HTTP/1.1 200")) {
                return;
            }
            Thread back = Thread.startVirtualThread(() -> copy(onward, client));
            copy(client, onward);
            back.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Either side may go first.
        }
    }

    private TargetClient client(String more) throws Exception {
        return kit.client("scheme: https, proxy_url: 'http://127.0.0.1:%d', tls_config: {ca: \"%s\"}, %s"
                .formatted(proxy.getLocalPort(), trusted.replace("\n", "\\n").replace("\r", ""), more));
    }

    @Test
    void aTunnelIsAskedForOnceAndKept() throws Exception {
        TargetClient client = client(
                "proxy_connect_header: {Proxy-Authorization: [Basic bWU6cHc=]}, authorization: {credentials: secret}");
        assertThat(kit.get(client, "https://hidden.example/metrics")).isEqualTo("a 1\n");
        assertThat(kit.get(client, "https://hidden.example/metrics")).isEqualTo("a 1\n");
        assertThat(asked)
                .containsExactly("CONNECT hidden.example:443 HTTP/1.1\r\nHost: hidden.example:443\r\n"
                        + "Proxy-Authorization: Basic bWU6cHc=");
        assertThat(seen).hasSize(2).containsOnly("/metrics hidden.example Bearer secret null");
        assertThat(kit.budgetUsed()).isZero();
    }

    @Test
    void theCertificateIsTheTargetsAndNotTheProxys() throws Exception {
        assertThat(kit.get(client(""), "https://elsewhere.example/metrics"))
                .startsWith("UNREACHABLE: ")
                .contains("elsewhere.example");
        assertThat(seen).isEmpty();
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
        assertThat(kit.get(client("authorization: {credentials: secret}"), "https://hidden.example/metrics"))
                .isEqualTo("UNREACHABLE: proxy 127.0.0.1:" + proxy.getLocalPort()
                        + ": it answers HTTP/1.1 407 Proxy Authentication Required"
                        + " (expected: a tunnel to hidden.example:443)");
        assertThat(asked).noneMatch(head -> head.contains("secret"));
        answer = "HTTP/1.1 ";
        assertThat(kit.get(client(""), "https://hidden.example/metrics")).endsWith(": it closed the connection");
        assertThat(kit.budgetUsed()).isZero();
    }
}
