package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigParserTest {

    private static final String GOOD = """
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: ${env:GRPC:-0.0.0.0:4317}
                  http:
            processors:
              batch:
              resource:
                attributes:
                  - { key: team, value: payments, action: insert }
                  - { key: weight, value: 12, action: upsert }
            exporters:
              otlphttp/loki:
                endpoint: http://127.0.0.1:14328/otlp
                headers:
                  Authorization: Bearer ${env:TOKEN}
                sending_queue:
                  queue_size: 5
            service:
              pipelines:
                logs:
                  receivers: [otlp]
                  processors: [resource, batch]
                  exporters: [otlphttp/loki]
            """;

    @Test
    void aGoodConfigIsTypedAndHasTheCollectorsDefaults() {
        PipelineConfig config = valid(GOOD, Environment.of(Map.of("TOKEN", "s3cret")));

        Settings protocols =
                config.receivers().get(ComponentId.of("otlp")).settings().section("protocols");
        assertThat(protocols.section("grpc").string("endpoint")).isEqualTo("0.0.0.0:4317");
        assertThat(protocols.section("http").string("endpoint")).isEqualTo("localhost:4318");
        assertThat(protocols.section("grpc").integer("max_recv_msg_size_mib")).isEqualTo(64);
        assertThat(protocols.section("grpc").has("tls")).isFalse();

        Settings batch = config.processors().get(ComponentId.of("batch")).settings();
        assertThat(batch.duration("timeout")).isEqualTo(Duration.ofMillis(200));
        assertThat(batch.integer("send_batch_size")).isEqualTo(8192);
        assertThat(batch.integer("send_batch_max_size")).isZero();

        List<Settings> changes =
                config.processors().get(ComponentId.of("resource")).settings().sections("attributes");
        assertThat(changes.get(0).scalar("value")).isEqualTo("payments");
        assertThat(changes.get(1).scalar("value")).isEqualTo(12L);

        Settings loki =
                config.exporters().get(ComponentId.parse("otlphttp/loki")).settings();
        assertThat(loki.stringMap("headers")).isEqualTo(Map.of("Authorization", "Bearer s3cret"));
        assertThat(loki.string("compression")).isEqualTo("gzip");
        assertThat(loki.duration("timeout")).isEqualTo(Duration.ofSeconds(30));
        Settings queue = loki.section("sending_queue");
        assertThat(queue.flag("enabled")).isTrue();
        assertThat(queue.integer("num_consumers")).isEqualTo(10);
        assertThat(queue.integer("queue_size")).isEqualTo(5);
        assertThat(queue.string("sizer")).isEqualTo("requests");
        Settings retry = loki.section("retry_on_failure");
        assertThat(retry.duration("initial_interval")).isEqualTo(Duration.ofSeconds(5));
        assertThat(retry.decimal("randomization_factor")).isEqualTo(0.5);
        assertThat(retry.decimal("multiplier")).isEqualTo(1.5);
        assertThat(retry.duration("max_interval")).isEqualTo(Duration.ofSeconds(30));
        assertThat(retry.duration("max_elapsed_time")).isEqualTo(Duration.ofMinutes(5));

        assertThat(config.pipelines())
                .containsExactly(new PipelineSpec(
                        PipelineId.of(Signal.LOGS),
                        List.of(ComponentId.of("otlp")),
                        List.of(ComponentId.of("resource"), ComponentId.of("batch")),
                        List.of(ComponentId.parse("otlphttp/loki"))));
        assertThat(config.telemetry().section("logs").string("level")).isEqualTo("info");
    }

    @Test
    void equalTextsGiveEqualConfigsAndSecretsAreNotShown() {
        Environment environment = Environment.of(Map.of("TOKEN", "s3cret"));
        PipelineConfig config = valid(GOOD, environment);
        assertThat(config).isEqualTo(valid(GOOD, environment));
        assertThat(config).isNotEqualTo(valid(GOOD, Environment.of(Map.of("TOKEN", "other"))));
        assertThat(config.toString()).doesNotContain("s3cret").contains("headers=[REDACTED]");
    }

    @Test
    void theControlPlaneKeepsPlaceholdersOpen() {
        PipelineConfig config = valid(GOOD, Environment.UNRESOLVED);
        Settings loki =
                config.exporters().get(ComponentId.parse("otlphttp/loki")).settings();
        assertThat(loki.string("endpoint")).isEqualTo("http://127.0.0.1:14328/otlp");
        String grpc = config.receivers()
                .get(ComponentId.of("otlp"))
                .settings()
                .section("protocols")
                .section("grpc")
                .toString();
        assertThat(grpc).contains("endpoint=${env:GRPC:-0.0.0.0:4317}");
        assertFindings(
                GOOD.replace("0.0.0.0:4317}", "nowhere}"),
                Environment.UNRESOLVED,
                "line 5: receivers::otlp::protocols::grpc::endpoint: 'nowhere' (expected: host:port, such as 0.0.0.0:4317)");
    }

    @Test
    void variablesAreLookedUp() {
        assertFindings(
                GOOD,
                Environment.of(Map.of()),
                "line 17: exporters::otlphttp/loki::headers::Authorization: a broken placeholder (expected: ${env:NAME})");
        assertFindings(
                GOOD.replace("queue_size: 5", "queue_size: ${env:SIZE}"),
                Environment.of(Map.of("TOKEN", "t")),
                "line 19: exporters::otlphttp/loki::sending_queue::queue_size: environment variable SIZE is not set "
                        + "(expected: a value, or a default as in ${env:SIZE:-default})");
        assertFindings(
                GOOD.replace("value: payments", "value: '${file:/etc/passwd}'"),
                Environment.of(Map.of("TOKEN", "t")),
                "line 11: processors::resource::attributes::0::value: '${file:/etc/passwd}' is no placeholder "
                        + "(expected: ${env:NAME} or ${env:NAME:-default}, or $$ for a dollar sign)");
        PipelineConfig config = valid(GOOD.replace("payments", "a$$b$c"), Environment.of(Map.of("TOKEN", "t")));
        assertThat(config.processors()
                        .get(ComponentId.of("resource"))
                        .settings()
                        .sections("attributes")
                        .getFirst()
                        .scalar("value"))
                .isEqualTo("a$b$c");
    }

    @Test
    void unknownKeysComeWithTheNearestName() {
        assertFindings(
                GOOD.replace("queue_size: 5", "queue_sizes: 5"),
                "line 19: exporters::otlphttp/loki::sending_queue::queue_sizes: unknown key (expected: 'queue_size'?)");
        assertFindings(
                GOOD.replace("queue_size: 5", "frobnicate: 5"),
                "line 19: exporters::otlphttp/loki::sending_queue::frobnicate: unknown key "
                        + "(expected: one of enabled, num_consumers, queue_size, sizer, block_on_overflow, "
                        + "wait_for_result, storage)");
        assertFindings(
                GOOD.replace("  batch:", "  bacth:"),
                "line 8: processors::bacth: unknown processor type 'bacth' (expected: 'batch'?)",
                "line 24: service::pipelines::logs::processors::1: processor 'batch' is not defined (expected: 'bacth'?)",
                "line 8: processors::bacth: no pipeline uses it, so it will not run");
        assertFindings(
                GOOD.replace("service:", "servise:"),
                "line 1: service: missing (expected: a mapping with pipelines)",
                "line 20: servise: unknown key (expected: 'service'?)");
        assertFindings(
                GOOD.replace("    logs:", "    log:"),
                "line 22: service::pipelines::log: pipeline: 'log' (expected: traces, metrics, logs or profiles, and a name after a slash)");
    }

    @Test
    void valuesOfTheWrongTypeOrRangeAreNamed() {
        assertFindings(
                GOOD.replace("  batch:", "  batch: { timeout: 200, send_batch_size: -1, send_batch_max_size: x }"),
                "line 8: processors::batch::timeout: '200' (expected: a duration of 0s or more, such as 200ms, 5s or 1m30s)",
                "line 8: processors::batch::send_batch_size: '-1' (expected: a whole number 0..1000000000)",
                "line 8: processors::batch::send_batch_max_size: 'x' (expected: a whole number 0..1000000000)");
        assertFindings(
                GOOD.replace("  batch:", "  batch: [1]"),
                "line 8: processors::batch: a list (expected: a mapping of keys)");
        assertFindings(
                GOOD.replace("http://127.0.0.1:14328/otlp", "ftp://x"),
                "line 15: exporters::otlphttp/loki::endpoint: 'ftp://x' (expected: an http:// or https:// URL without user info)");
        assertFindings(
                GOOD.replace("http://127", "http://user:hunter2@127"),
                "line 15: exporters::otlphttp/loki::endpoint: the value does not fit (expected: an http:// or https:// URL without user info)");
        assertFindings(
                GOOD.replace("Bearer ${env:TOKEN}", "[hunter2]"),
                "line 17: exporters::otlphttp/loki::headers::Authorization: a list (expected: text)");
        assertFindings(
                GOOD.replace("action: insert", "action: add"),
                "line 11: processors::resource::attributes::0::action: 'add' (expected: one of insert, update, upsert, delete, hash, extract, convert)");
        assertFindings(
                GOOD.replace("0.0.0.0:4317}", "0.0.0.0:70000}"),
                "line 5: receivers::otlp::protocols::grpc::endpoint: '0.0.0.0:70000' (expected: host:port, such as 0.0.0.0:4317)");
    }

    @Test
    void rulesThatSpanKeysAreChecked() {
        assertFindings(
                GOOD.replace("  batch:", "  batch: { send_batch_size: 100, send_batch_max_size: 50 }"),
                "line 8: processors::batch::send_batch_max_size: 50 (expected: 0, or at least send_batch_size, which is 100)");
        assertFindings(
                GOOD.replace("value: payments, ", ""),
                "line 11: processors::resource::attributes::0: insert with no value (expected: one of value, from_attribute, from_context)");
        assertFindings(
                GOOD.replace("action: insert", "action: delete"),
                "line 11: processors::resource::attributes::0: delete with value (expected: key, pattern and action only)");
        assertFindings(
                GOOD.replace("sending_queue:\n      queue_size: 5", "retry_on_failure: { initial_interval: 1m }"),
                "line 18: exporters::otlphttp/loki::retry_on_failure::initial_interval: 1m (expected: at most max_interval, which is 30s)");
        assertFindings(
                "receivers:\n  otlp:\n    protocols: {}\n" + GOOD.substring(GOOD.indexOf("processors:")),
                "line 3: receivers::otlp::protocols: no protocol (expected: grpc, http or both)");
        assertFindings(
                GOOD.replace("  batch:", "  memory_limiter: { check_interval: 1s }\n  batch:")
                        .replace("[resource", "[memory_limiter, resource"),
                "line 8: processors::memory_limiter: no limit (expected: limit_mib or limit_percentage)");
        assertFindings(
                GOOD.replace("    endpoint: http://127.0.0.1:14328/otlp\n", ""),
                "line 14: exporters::otlphttp/loki::endpoint: missing (expected: an http:// or https:// URL, here or in traces_endpoint and the like)");
    }

    @Test
    void referencesAreChecked() {
        assertFindings(
                GOOD.replace("exporters: [otlphttp/loki]", "exporters: [otlphttp/lokki]"),
                "line 25: service::pipelines::logs::exporters::0: exporter 'otlphttp/lokki' is not defined (expected: 'otlphttp/loki'?)",
                "line 14: exporters::otlphttp/loki: no pipeline uses it, so it will not run");
        assertFindings(
                GOOD.replace("[resource, batch]", "[batch, resource, batch]"),
                "line 24: service::pipelines::logs::processors::2: processor 'batch' is there twice (expected: once)");
        assertFindings(
                GOOD.replace("      receivers: [otlp]\n", ""),
                "line 22: service::pipelines::logs::receivers: missing (expected: at least one receiver)",
                "line 2: receivers::otlp: no pipeline uses it, so it will not run");
        assertFindings(
                GOOD.replace("exporters: [otlphttp/loki]", "exporters: []"),
                "line 25: service::pipelines::logs::exporters: an empty list (expected: at least one exporter)",
                "line 14: exporters::otlphttp/loki: no pipeline uses it, so it will not run");
        assertFindings(
                GOOD.replace("otlphttp/loki:\n    endpoint", "prometheusremotewrite:\n    endpoint")
                        .replace("sending_queue", "remote_write_queue")
                        .replace("[otlphttp/loki]", "[prometheusremotewrite]"),
                "line 25: service::pipelines::logs::exporters::0: exporter 'prometheusremotewrite' does not carry logs (expected: a pipeline of metrics)");
        assertFindings(
                GOOD.substring(0, GOOD.indexOf("  pipelines:")) + "  pipelines: {}\n",
                "line 21: service::pipelines: no pipelines (expected: at least one)",
                "line 2: receivers::otlp: no pipeline uses it, so it will not run",
                "line 8: processors::batch: no pipeline uses it, so it will not run",
                "line 9: processors::resource: no pipeline uses it, so it will not run",
                "line 14: exporters::otlphttp/loki: no pipeline uses it, so it will not run");
    }

    @Test
    void whatIsDefinedButUnusedIsAWarning() {
        ParseOutcome outcome =
                ConfigParser.parse(GOOD.replace("[resource, batch]", "[batch]"), Environment.of(Map.of("TOKEN", "t")));
        assertThat(outcome).isInstanceOf(ParseOutcome.Valid.class);
        assertThat(texts(outcome))
                .containsExactly("line 9: processors::resource: no pipeline uses it, so it will not run");
        assertThat(outcome.findings()).noneMatch(Finding::isError);
    }

    @Test
    void fileLogsAreReadOnlyIntoLogs() {
        String text = """
                receivers:
                  filelog:
                    include: [/var/log/pods/*/*/*.log]
                    include_file_path: true
                    operators:
                      - type: container
                exporters:
                  debug:
                service:
                  pipelines:
                    traces: { receivers: [filelog], exporters: [debug] }
                """;
        assertFindings(
                text,
                "line 11: service::pipelines::traces::receivers::0: receiver 'filelog' does not carry traces (expected: a pipeline of logs)");
        Settings filelog = valid(text.replace("traces:", "logs:"), Environment.of(Map.of()))
                .receivers()
                .get(ComponentId.of("filelog"))
                .settings();
        assertThat(filelog.strings("include")).containsExactly("/var/log/pods/*/*/*.log");
        assertThat(filelog.sections("operators").getFirst().string("type")).isEqualTo("container");
        assertThat(filelog.string("start_at")).isEqualTo("end");
        assertFindings(
                text.replace("traces:", "logs:").replace("include_file_path: true", "storage: file_storage"),
                "receivers::filelog::storage: extension 'file_storage' is not in service::extensions (expected: none)",
                "line 4: receivers::filelog::storage: has no effect: positions are always kept in the agent's state directory.");
    }

    @Test
    void duplicateKeysAreErrors() {
        assertFindings(
                GOOD.replace("  batch:", "  batch: { timeout: 1s }\n  batch:"),
                "line 9: processors::batch: the key is there twice, first on line 8 (expected: once)");
    }

    @Test
    void anchorsAndMergeKeysWork() {
        String text = GOOD.replace(
                "exporters:\n  otlphttp/loki:\n",
                "exporters:\n  otlphttp/other: &base\n    endpoint: http://a\n    timeout: 3s\n  otlphttp/loki:\n    <<: *base\n");
        PipelineConfig config = valid(text, Environment.of(Map.of("TOKEN", "t")));
        Settings loki =
                config.exporters().get(ComponentId.parse("otlphttp/loki")).settings();
        assertThat(loki.duration("timeout")).isEqualTo(Duration.ofSeconds(3));
        assertThat(loki.string("endpoint")).isEqualTo("http://127.0.0.1:14328/otlp");
    }

    @Test
    void hostileTextsAreRefusedCheaply() {
        assertFindings("a: b\n".repeat(300_000), "the text has 1500000 bytes (expected: at most 1048576)");
        assertFindings("[".repeat(100_000), "line 1: nested more than 64 deep (expected: at most 64)");
        assertFindings("- ".repeat(100_000), "line 1: nested more than 64 deep (expected: at most 64)");
        assertFindings("{a: ".repeat(10_000), "line 1: nested more than 64 deep (expected: at most 64)");
        assertFindings("x: [" + "1,".repeat(60_000) + "1]", "line 1: more than 50000 values (expected: at most 50000)");
        assertFindings("a: &a [*a]\n", "line 1: a::0: an alias to what it stands in (expected: no cycles)");
        String laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " ["
                                + IntStream.range(0, 9)
                                        .mapToObj(_ -> "*a" + (i - 1))
                                        .collect(Collectors.joining(",")) + "]\n")
                        .collect(Collectors.joining());
        assertFindings(laughs, "aliases unfold to more than 50000 values (expected: at most 50000)");
        assertFindings("a: 1\n---\nb: 2\n", "line 2: a second document (expected: one)");
        assertFindings("", "nothing (expected: a mapping with receivers, exporters and service)");
        assertFindings("just text", "'just text' (expected: a mapping with receivers, exporters and service)");
        assertThat(texts(ConfigParser.parse("a: [1, 2\nb: {", Environment.of(Map.of()))))
                .singleElement()
                .asString()
                .startsWith("line 2: no readable YAML: ");
    }

    private static PipelineConfig valid(String text, Environment environment) {
        ParseOutcome outcome = ConfigParser.parse(text, environment);
        assertThat(outcome).as("%s", outcome.findings()).isInstanceOf(ParseOutcome.Valid.class);
        return ((ParseOutcome.Valid) outcome).config();
    }

    private static void assertFindings(String text, String... findings) {
        assertFindings(text, Environment.of(Map.of("TOKEN", "t")), findings);
    }

    private static void assertFindings(String text, Environment environment, String... findings) {
        ParseOutcome outcome = ConfigParser.parse(text, environment);
        assertThat(outcome).isInstanceOf(ParseOutcome.Invalid.class);
        assertThat(texts(outcome)).containsExactlyInAnyOrder(findings);
    }

    private static List<String> texts(ParseOutcome outcome) {
        return outcome.findings().stream().map(Finding::toString).toList();
    }

    @Test
    void aPairOfSurrogatesMayBeAnywhereInTheText() {
        for (int before = 1000; before < 1060; before++) {
            String text = "# " + "x".repeat(before) + "\ud83d\ude00\ud83d\ude00\nreceivers: {}\n";

            assertThat(ConfigParser.parse(text, Environment.UNRESOLVED).findings())
                    .as("after %d characters", before)
                    .noneMatch(finding -> finding.message().contains("readable"));
        }
    }
}
