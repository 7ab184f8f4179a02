package io.lightvessel.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ManualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsDiscoveryTest extends DiscoveryContract {

    private static final String NAME = "_metrics._tcp.example.test";

    private final ManualTimer timer = new ManualTimer();
    private FakeDns dns;

    @BeforeEach
    void serve() throws IOException {
        dns = new FakeDns();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Override
    protected Discovery discovery() {
        return discovery(DiscoveryConfig.Dns.Type.SRV, NAME);
    }

    @Override
    protected Set<String> publish(int targets) {
        Set<String> addresses = new TreeSet<>();
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            records.add(FakeDns.srv(9000 + i, "node-" + i + ".example.test"));
            addresses.add("node-" + i + ".example.test:" + (9000 + i));
        }
        dns.put(NAME, DiscoveryConfig.Dns.Type.SRV, records);
        return addresses;
    }

    @Override
    protected boolean breakSource() {
        dns.broken = true;
        return true;
    }

    @Override
    protected void repairSource() {
        dns.broken = false;
    }

    @Override
    protected void lookAgain() {
        timer.advance(Duration.ofSeconds(30));
    }

    @Test
    void recordsBecomeTargetsAsInPrometheus() {
        publish(1);
        dns.put("a.test", DiscoveryConfig.Dns.Type.A, List.of(FakeDns.address("192.0.2.1")));
        dns.put("a.test", DiscoveryConfig.Dns.Type.AAAA, List.of(FakeDns.address("2001:db8::1")));
        dns.put("a.test", DiscoveryConfig.Dns.Type.MX, List.of(FakeDns.mx("mail.test")));
        dns.put("a.test", DiscoveryConfig.Dns.Type.NS, List.of(FakeDns.ns("ns.test")));
        assertThat(targets(DiscoveryConfig.Dns.Type.SRV, NAME))
                .isEqualTo(Map.of(
                        "__address__", "node-0.example.test:9000",
                        "__meta_dns_name", NAME,
                        "__meta_dns_srv_record_target", "node-0.example.test.",
                        "__meta_dns_srv_record_port", "9000"));
        assertThat(targets(DiscoveryConfig.Dns.Type.A, "a.test"))
                .isEqualTo(Map.of("__address__", "192.0.2.1:9100", "__meta_dns_name", "a.test"));
        assertThat(targets(DiscoveryConfig.Dns.Type.AAAA, "a.test"))
                .isEqualTo(Map.of("__address__", "[2001:db8::1]:9100", "__meta_dns_name", "a.test"));
        assertThat(targets(DiscoveryConfig.Dns.Type.MX, "a.test"))
                .containsEntry("__address__", "mail.test:9100")
                .containsEntry("__meta_dns_mx_record_target", "mail.test.");
        assertThat(targets(DiscoveryConfig.Dns.Type.NS, "a.test"))
                .containsEntry("__address__", "ns.test:9100")
                .containsEntry("__meta_dns_ns_record_target", "ns.test.");
    }

    @Test
    void aNameThatIsNotThereHasNoTargetsAndIsNoProblem() {
        dns.put("a.test", DiscoveryConfig.Dns.Type.A, List.of(FakeDns.address("192.0.2.1")));
        Heard heard = new Heard();
        discovery(DiscoveryConfig.Dns.Type.A, "a.test", "b.test").start(heard);
        assertThat(heard.targets()).containsOnlyKeys("192.0.2.1:9100");
        assertThat(heard.problem()).isNull();
    }

    @Test
    void theProblemNamesTheName() {
        dns.broken = true;
        Heard heard = new Heard();
        discovery(DiscoveryConfig.Dns.Type.A, "a.test").start(heard);
        assertThat(heard.problem()).startsWith("a.test: A records cannot be looked up: ");
    }

    @Test
    void shortNamesAreLookedForInTheSearchDomains(@TempDir Path directory) throws IOException {
        SearchList search = SearchList.of(Files.writeString(
                directory.resolve("resolv.conf"),
                "nameserver 10.0.0.1\nsearch shop.svc.cluster.local cluster.local\noptions ndots:2 timeout:1\n"));
        assertThat(search.candidates("cart"))
                .containsExactly("cart.shop.svc.cluster.local", "cart.cluster.local", "cart");
        assertThat(search.candidates("a.b.c")).startsWith("a.b.c").hasSize(3);
        assertThat(search.candidates("a.b.c.")).containsExactly("a.b.c.");
        assertThat(SearchList.of(directory.resolve("none")).candidates("cart")).containsExactly("cart");
    }

    private Map<String, String> targets(DiscoveryConfig.Dns.Type type, String name) {
        Heard heard = new Heard();
        discovery(type, name).start(heard);
        assertThat(heard.targets()).hasSize(1);
        return heard.targets().values().iterator().next();
    }

    private Discovery discovery(DiscoveryConfig.Dns.Type type, String... names) {
        return new DnsDiscovery(
                new DiscoveryConfig.Dns(
                        "dns_sd_configs/0", List.of(names), type, Optional.of(9100), Duration.ofSeconds(30)),
                JndiDns.of("127.0.0.1", dns.port()),
                timer,
                Runnable::run);
    }
}
