package io.lightvessel.gateway.scrape.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.httpclient.Credentials;
import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelAction;
import io.lightvessel.gateway.testing.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiverConfigTest {

    @Test
    void aJobTakesFromGlobalWhatItDoesNotSay() {
        ReceiverConfig config = read("""
                prometheus/a:
                  offset_seed: x
                  config:
                    global:
                      scrape_interval: 5s
                      sample_limit: 10
                      label_limit: 20
                      body_size_limit: 1MB
                      target_limit: 3
                      scrape_native_histograms: true
                      metric_name_validation_scheme: legacy
                      external_labels: {cluster: eu}
                    scrape_configs:
                      - job_name: one
                        static_configs: [{targets: ['a:1', 'b:1'], labels: {x: y}}, {targets: ['c:1']}]
                      - job_name: two
                        scrape_interval: 1m
                        scrape_timeout: 7s
                        sample_limit: 11
                        scrape_native_histograms: false
                        metric_name_validation_scheme: utf8
                        scrape_protocols: [PrometheusText0.0.4]
                        fallback_scrape_protocol: OpenMetricsText1.0.0
                        file_sd_configs: [{files: [a.json], refresh_interval: 1d}]
                        dns_sd_configs: [{names: [n], type: a, port: 9100}]
                        relabel_configs: [{action: drop, regex: x, source_labels: [y]}]
                """);
        assertThat(config.externalLabels()).isEqualTo(Map.of("cluster", "eu"));
        assertThat(config.offsetSeed()).isEqualTo("x");

        ScrapeConfig one = config.jobs().getFirst();
        assertThat(one.targets().pool()).isEqualTo("prometheus/a/one");
        assertThat(one.targets().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(one.targets().timeout()).as("no more than the interval").isEqualTo(Duration.ofSeconds(5));
        assertThat(one.targets().targetLimit()).isEqualTo(3);
        assertThat(one.targets().names()).isEqualTo(NameScheme.LEGACY);
        assertThat(one.escaping()).isEqualTo(EscapingScheme.UNDERSCORES);
        assertThat(one.protocols()).startsWith(ScrapeProtocol.PROMETHEUS_PROTO).hasSize(5);
        assertThat(one.limits()).isEqualTo(new ScrapeLimits(1 << 20, 10, 20, 0, 0, 0, 0));
        assertThat(one.http().credentials()).isEqualTo(new Credentials.None());
        assertThat(one.discoveries()).singleElement().isInstanceOfSatisfying(DiscoveryConfig.Static.class, sd -> {
            assertThat(sd.groups()).hasSize(2);
            assertThat(sd.groups().getFirst().targets())
                    .containsExactly(Map.of("__address__", "a:1"), Map.of("__address__", "b:1"));
            assertThat(sd.groups().getFirst().labels()).isEqualTo(Map.of("x", "y"));
        });

        ScrapeConfig two = config.jobs().getLast();
        assertThat(two.targets().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(two.targets().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(two.targets().names()).isEqualTo(NameScheme.UTF8);
        assertThat(two.escaping()).isEqualTo(EscapingScheme.ALLOW_UTF_8);
        assertThat(two.limits().samples()).isEqualTo(11);
        assertThat(two.protocols()).containsExactly(ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);
        assertThat(two.fallbackProtocol()).contains(ScrapeProtocol.OPEN_METRICS_1_0_0);
        assertThat(two.discoveries())
                .containsExactly(
                        new DiscoveryConfig.File("file_sd_configs/0", List.of("a.json"), Duration.ofDays(1)),
                        new DiscoveryConfig.Dns(
                                "dns_sd_configs/0",
                                List.of("n"),
                                DiscoveryConfig.Dns.Type.A,
                                Optional.of(9100),
                                Duration.ofSeconds(30)));
        assertThat(two.targets().relabelling().getFirst().action()).isEqualTo(RelabelAction.DROP);

        assertThat(config.defaults().targets().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.defaults().limits().samples()).isEqualTo(10);
    }

    @Test
    void withoutNativeHistogramsTextIsAskedFor() {
        ScrapeConfig job = job("");
        assertThat(job.protocols())
                .doesNotContain(ScrapeProtocol.PROMETHEUS_PROTO)
                .hasSize(4);
        assertThat(job.targets().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void credentialsAreNeverPrinted() {
        ScrapeConfig basic = job("basic_auth: {username: u, password: s3cret}");
        assertThat(basic.http().credentials())
                .isEqualTo(new Credentials.Basic(
                        new SecretText.Inline("u"), Optional.of(new SecretText.Inline("s3cret"))));
        assertThat(basic.toString()).doesNotContain("s3cret");
        assertThat(job("bearer_token_file: /t").http().credentials())
                .isEqualTo(new Credentials.Header("Bearer", Optional.of(new SecretText.InFile(Path.of("/t")))));
        ScrapeConfig oauth2 = job("""
                oauth2: {client_id: id, client_secret: s3cret, token_url: 'http://a/b', tls_config: {min_version: TLS10}}
                proxy_url: http://proxy:3128
                proxy_connect_header: {Proxy-Authorization: [s3cret]}
                http_headers: {X: {secrets: [s3cret], files: [f]}}
                tls_config: {key: s3cret, cert: c, max_version: TLS13}
                """);
        assertThat(oauth2.http().credentials()).isInstanceOf(Credentials.OAuth2.class);
        assertThat(oauth2.http().tls().maxVersion()).contains("TLSv1.3");
        assertThat(oauth2.http().headers().getFirst().values()).hasSize(2);
        assertThat(oauth2.http().proxy().connectHeaders()).containsKey("Proxy-Authorization");
        assertThat(oauth2.toString()).doesNotContain("s3cret");
    }

    private static ScrapeConfig job(String keys) {
        String yaml = "prometheus:\n  config:\n    scrape_configs:\n      - job_name: j\n" + keys.indent(8);
        return ReceiverConfig.of(ComponentId.of("prometheus"), TestContext.settings("receivers", "prometheus", yaml))
                .jobs()
                .getFirst();
    }

    private static ReceiverConfig read(String yaml) {
        return ReceiverConfig.of(
                ComponentId.parse("prometheus/a"), TestContext.settings("receivers", "prometheus/a", yaml));
    }
}
