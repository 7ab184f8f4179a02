package io.lightvessel.gateway.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Connections between those who know a secret, and between others. */
class SharedSecretTest {

    private static final String SECRET = "sixteen letters.";

    /** RFC 8032, 7.1, test 1: what Java makes of a seed must not change, or replicas of two versions were strangers. */
    @Test
    void aSeedMakesTheKeyThatTheStandardSays() throws Exception {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] key = SharedSecret.keyPair(seed).getPublic().getEncoded();
        assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(key, key.length - 32, key.length)))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    private static int exchange(SSLContext server, SSLContext client) throws IOException {
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    int first = socket.getInputStream().read();
                    socket.getOutputStream().write(first + 1);
                    return first;
                } catch (IOException e) {
                    return -1;
                }
            });
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                socket.getOutputStream().write(41);
                int answer = socket.getInputStream().read();
                assertThat(read.join()).isEqualTo(41);
                return answer;
            }
        }
    }

    @Test
    void whoKnowsTheSecretIsLetIn() throws IOException {
        assertThat(exchange(SharedSecret.tls(SECRET, "c"), SharedSecret.tls(SECRET, "c")))
                .isEqualTo(42);
    }

    @Test
    void anotherSecretOrClusterIsNot() {
        assertThatThrownBy(() -> exchange(SharedSecret.tls(SECRET, "c"), SharedSecret.tls("another" + SECRET, "c")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> exchange(SharedSecret.tls(SECRET, "c"), SharedSecret.tls(SECRET, "d")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoHasNoKeyAtAllIsNot() {
        assertThatThrownBy(() -> {
                    SSLContext trusting = SSLContext.getInstance("TLS");
                    trusting.init(null, new javax.net.ssl.TrustManager[] {new Anyone()}, null);
                    exchange(SharedSecret.tls(SECRET, "c"), trusting);
                })
                .isInstanceOf(IOException.class);
    }

    /** Trusts every server. */
    private static final class Anyone implements javax.net.ssl.X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String authType) {
            // Anyone.
        }

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String authType) {
            // Anyone.
        }

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
