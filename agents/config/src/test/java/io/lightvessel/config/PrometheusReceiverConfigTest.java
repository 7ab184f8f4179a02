package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusReceiverConfigTest {

    @Test
    void aConfigOfTheCollectorIsReadAsItIs() {
        Settings settings = valid("""
                config:
                  global:
                    scrape_interval: 30s
                    external_labels: {cluster: eu-1}
                  scrape_configs:
                    - job_name: node
                      scrape_interval: 1d
                      params: {module: [http_2xx, other]}
                      body_size_limit: 10MB
                      http_headers:
                        X-Scope: {values: [a], secrets: [s3cret]}
                      static_configs:
                        - targets: ['localhost:9100']
                          labels: {env: prod}
                      relabel_configs:
                        - source_labels: [__address__, env]
                          regex: '(.*):\\d+;(.+)'
                          target_label: host
                          replacement: $$1-${2}-$1
                          action: Replace
                """);
        Settings config = settings.section("config");
        assertThat(config.section("global").duration("scrape_interval")).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.section("global").has("scrape_timeout")).isFalse();
        Settings job = config.sections("scrape_configs").getFirst();
        assertThat(job.duration("scrape_interval")).isEqualTo(Duration.ofDays(1));
        assertThat(job.stringListMap("params")).isEqualTo(Map.of("module", List.of("http_2xx", "other")));
        assertThat(job.integer("body_size_limit")).isEqualTo(10 << 20);
        assertThat(job.sectionMap("http_headers").get("X-Scope").strings("secrets"))
                .containsExactly("s3cret");
        assertThat(job.sections("static_configs").getFirst().stringMap("labels"))
                .isEqualTo(Map.of("env", "prod"));
        Settings rule = job.sections("relabel_configs").getFirst();
        assertThat(rule.string("replacement")).isEqualTo("$1-${2}-$1");
        assertThat(rule.string("action")).isEqualTo("replace");
        assertThat(rule.string("separator")).isEqualTo(";");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void relabelRulesAreChecked() {
        assertFindings(
                job("""
                        relabel_configs:
                          - {action: hashmod, source_labels: [a], target_label: b}
                          - {action: replace}
                          - {action: keep, regex: '(', source_labels: [a]}
                          - {action: labeldrop, regex: a, source_labels: [a]}
                          - {action: keepequal, target_label: a, regex: b}
                        metric_relabel_configs:
                          - {action: remap}
                          - {action: labelmap, replacement: ''}
                        """),
                "line 13: receivers::prometheus::config::scrape_configs::0::metric_relabel_configs::0::action: 'remap' (expected: "
                        + "one of replace, lowercase, uppercase, keep, drop, keepequal, dropequal, hashmod, labelmap, "
                        + "labeldrop, labelkeep)");
        assertFindings(
                job("""
                        relabel_configs:
                          - {action: hashmod, source_labels: [a], target_label: b}
                          - {action: replace}
                          - {action: keep, regex: '(', source_labels: [a]}
                          - {action: labeldrop, regex: a, source_labels: [a]}
                          - {action: keepequal, target_label: a, regex: b}
                          - {action: labelmap, replacement: ''}
                        """),
                "line 7: " + RULES + "0::modulus: missing (expected: the number of shards, since action is hashmod)",
                "line 8: " + RULES + "1::target_label: missing (expected: a label's name, since action is replace)",
                "line 9: " + RULES + "2::regex: '(': missing closing ) (expected: a regular expression (RE2))",
                "line 10: " + RULES + "3::source_labels: with labeldrop (expected: regex only)",
                "line 11: " + RULES + "4::regex: with keepequal (expected: source_labels and target_label only)",
                "line 12: " + RULES + "5::replacement: '' (expected: a label's name, with groups such as $1)");
    }

    private static final String RULES = "receivers::prometheus::config::scrape_configs::0::relabel_configs::";

    @Test
    void keysOfAJobMustFitTogether() {
        String at = "receivers::prometheus::config::scrape_configs::0::";
        assertFindings(
                job("""
                        scrape_interval: 5s
                        scrape_timeout: 10s
                        basic_auth: {username: u, password: p, password_file: f}
                        authorization: {credentials: s3cret}
                        scrape_protocols: [PrometheusProto, PrometheusProto, Text]
                        tls_config: {cert_file: c}
                        static_configs: [{targets: ['http://a:1/x']}]
                        file_sd_configs: [{files: ['/a/*/b.yml', targets]}]
                        dns_sd_configs: [{names: [a], type: A}]
                        """),
                "line 7: " + at + "scrape_timeout: 10s (expected: at most scrape_interval, which is 5s)",
                "line 8: " + at + "basic_auth::password_file: beside password (expected: one of both)",
                "line 9: " + at
                        + "authorization: beside basic_auth (expected: one of basic_auth, authorization, oauth2, "
                        + "bearer_token and bearer_token_file)",
                "line 10: " + at + "scrape_protocols::1: 'PrometheusProto' is there twice (expected: once)",
                "line 10: " + at
                        + "scrape_protocols::2: 'Text' (expected: one of PrometheusProto, OpenMetricsText1.0.0, "
                        + "OpenMetricsText0.0.1, PrometheusText1.0.0, PrometheusText0.0.4)",
                "line 11: " + at + "tls_config: cert without key (expected: both or neither)",
                "line 12: " + at
                        + "static_configs::0::targets::0: 'http://a:1/x' (expected: host:port, without scheme and "
                        + "path)",
                "line 13: " + at
                        + "file_sd_configs::0::files::0: '/a/*/b.yml' (expected: a path that ends with .json, .yml or "
                        + ".yaml, with * in its last part only)",
                "line 13: " + at
                        + "file_sd_configs::0::files::1: 'targets' (expected: a path that ends with .json, .yml or "
                        + ".yaml, with * in its last part only)",
                "line 14: " + at + "dns_sd_configs::0::port: missing (expected: the targets' port, since type is A)");
    }

    @Test
    void jobsHaveNamesOfTheirOwn() {
        assertFindings(
                """
                config:
                  scrape_configs:
                    - job_name: a
                    - job_name: a
                """,
                "line 6: receivers::prometheus::config::scrape_configs::1::job_name: 'a' is there twice (expected: a name of "
                        + "its own)");
        assertFindings(
                "config:\n",
                "line 3: receivers::prometheus::config::scrape_configs: an empty list (expected: a job, or the section "
                        + "kubernetes)");
    }

    @Test
    void whatOnlyAPrometheusCanDoIsRefusedWithTheReason() {
        assertFindings(
                """
                config:
                  global: {evaluation_interval: 1m}
                  rule_files: [a.yml]
                  scrape_configs:
                    - job_name: a
                      consul_sd_configs: [{server: a}]
                """,
                "line 4: receivers::prometheus::config::global::evaluation_interval: not supported: the agent evaluates no "
                        + "rules.",
                "line 5: receivers::prometheus::config::rule_files: not supported: the agent evaluates no rules.",
                "line 8: receivers::prometheus::config::scrape_configs::0::consul_sd_configs: not supported: "
                        + "file_sd_configs or http_sd_configs can stand in.");
    }

    @Test
    void legacyNamesAreCheckedOnlyWhereTheyAreAskedFor() {
        String rules = """
                relabel_configs:
                  - {target_label: 'a.b', replacement: c}
                """;
        valid(job(rules));
        assertFindings(
                job("metric_name_validation_scheme: legacy\n" + rules),
                "line 8: " + RULES + "0::target_label: 'a.b' (expected: a label's name)");
    }

    @Test
    void whatATokenServersNameCannotDoIsSaid() {
        ParseOutcome outcome = ConfigParser.parse(
                config(job("oauth2: {client_id: id, client_secret: s, token_url: 'https://a/b', "
                        + "tls_config: {server_name: c, min_version: TLS13}}\n")),
                Environment.of(Map.of()));
        assertThat(outcome).isInstanceOf(ParseOutcome.Valid.class);
        assertThat(outcome.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.toString())
                    .contains("oauth2::tls_config::server_name")
                    .endsWith(
                            "has no effect: the certificate of the token server is held against the name in token_url");
        });
    }

    @Test
    void secretsAreMaskedInTexts() {
        String text = config(job("""
                bearer_token: s3cret
                http_headers: {X: {secrets: [also], values: [seen]}}
                oauth2: {client_id: id, client_secret: too, token_url: 'http://a/b', endpoint_params: {p: q}}
                """));
        assertThat(ConfigRedactor.redact(text))
                .contains("seen", "client_id: id")
                .doesNotContain("s3cret", "also", "too");
    }

    private static String job(String keys) {
        return "config:\n  scrape_configs:\n    - job_name: a\n" + keys.indent(6);
    }

    private static String config(String receiver) {
        return "receivers:\n  prometheus:\n" + receiver.indent(4)
                + "exporters: {debug: }\nservice:\n  pipelines:\n    metrics: {receivers: [prometheus], exporters: "
                + "[debug]}\n";
    }

    private static Settings valid(String receiver) {
        ParseOutcome outcome = ConfigParser.parse(config(receiver), Environment.of(Map.of()));
        assertThat(outcome).as("%s", outcome.findings()).isInstanceOf(ParseOutcome.Valid.class);
        return ((ParseOutcome.Valid) outcome)
                .config()
                .receivers()
                .get(ComponentId.of("prometheus"))
                .settings();
    }

    private static void assertFindings(String receiver, String... findings) {
        ParseOutcome outcome = ConfigParser.parse(config(receiver), Environment.of(Map.of()));
        assertThat(outcome.findings().stream().map(Finding::toString)).containsExactlyInAnyOrder(findings);
    }
}
