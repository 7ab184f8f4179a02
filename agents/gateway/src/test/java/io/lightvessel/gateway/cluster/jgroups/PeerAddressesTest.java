package io.lightvessel.gateway.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerAddressesTest {
    private static final long REFRESH = Duration.ofSeconds(10).toNanos();

    private final List<String> asked = new ArrayList<>();
    private List<String> answer = List.of();
    private long now;
    private final PeerAddresses addresses =
            new PeerAddresses.Resolving("peers.monitoring", 7946, REFRESH, this::lookUp, () -> now);

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        asked.add(name);
        if (answer.isEmpty()) {
            throw new UnknownHostException(name);
        }
        InetAddress[] all = new InetAddress[answer.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(answer.get(i));
        }
        return all;
    }

    private void says(String... texts) {
        answer = Arrays.asList(texts);
    }

    private List<String> later() {
        now += REFRESH;
        return known();
    }

    private List<String> known() {
        return addresses.now().stream()
                .map(address -> address.getAddress().getHostAddress() + " " + address.getPort())
                .toList();
    }

    @Test
    void replicasComeAndGoWithTheAnswers() {
        says("192.0.2.1");
        assertThat(known()).containsExactly("192.0.2.1 7946");
        says("192.0.2.1", "192.0.2.2", "2001:db8::1");
        assertThat(later()).containsExactly("192.0.2.1 7946", "192.0.2.2 7946", "2001:db8:0:0:0:0:0:1 7946");
        says("192.0.2.2", "192.0.2.3");
        assertThat(later()).containsExactly("192.0.2.2 7946", "192.0.2.3 7946");
        assertThat(asked).containsOnly("peers.monitoring");
    }

    @Test
    void aNameWithoutAddressesKeepsThoseThatWereKnown() {
        assertThat(known()).as("before there is any").isEmpty();
        says("192.0.2.1", "192.0.2.2");
        assertThat(later()).hasSize(2);

        says();
        assertThat(later()).containsExactly("192.0.2.1 7946", "192.0.2.2 7946");
        assertThat(later()).hasSize(2);

        says("192.0.2.9");
        assertThat(later()).containsExactly("192.0.2.9 7946");
    }

    @Test
    void theNameIsAskedForOnceInAWhile() {
        says("192.0.2.1");
        known();
        says("192.0.2.2");
        now += REFRESH - 1;
        assertThat(known()).containsExactly("192.0.2.1 7946");
        assertThat(asked).hasSize(1);
        now++;
        assertThat(known()).containsExactly("192.0.2.2 7946");
        says();
        later();
        known();
        assertThat(asked).as("a failure counts as an answer").hasSize(3);
    }

    @Test
    void theSystemsResolverIsAskedByDefault() {
        assertThat(PeerAddresses.ofName("127.0.0.1", 1, Duration.ofSeconds(1)).now())
                .containsExactly(new InetSocketAddress("127.0.0.1", 1));
        assertThat(PeerAddresses.ofName("nobody.invalid", 1, Duration.ofSeconds(1))
                        .now())
                .isEmpty();
    }
}
