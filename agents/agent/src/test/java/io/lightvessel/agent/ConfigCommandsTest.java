package io.lightvessel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainShowsTheWayAndEveryKeyButNoSecret() throws Exception {
        Path file = Files.writeString(directory.resolve("agent.yaml"), """
                receivers: {otlp: {protocols: {grpc: }}}
                processors: {batch: {timeout: 1s}}
                exporters:
                  debug:
                  otlp: {endpoint: 'tempo:4317', headers: {X-Key: hush}, auth: {authenticator: bearertokenauth}}
                extensions: {bearertokenauth: {token: '${env:TOKEN}'}}
                service:
                  extensions: [bearertokenauth]
                  pipelines: {traces: {receivers: [otlp], processors: [batch], exporters: [debug, otlp]}}
                """);
        assertThat(run(Map.of("TOKEN", "very secret"), "explain", file.toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("pipeline traces\n  otlp -> batch -> [debug, otlp]\n")
                .contains("  protocols::grpc::endpoint: localhost:4317 (default)\n")
                .contains("  timeout: 1s\n")
                .contains("  send_batch_size: 8192 (default)\n")
                .contains("  headers::X-Key: [REDACTED]\n")
                .contains("  token: [REDACTED]\n")
                .contains("  uses the extensions: bearertokenauth\n")
                .doesNotContain("hush")
                .doesNotContain("very secret");
    }

    @Test
    void explainShowsTheJobsThatASectionStandsFor() throws Exception {
        Path file = Files.writeString(directory.resolve("agent.yaml"), """
                receivers: {prometheus: {kubernetes: {presets: {redis_exporter: {enabled: true}}}}}
                exporters: {debug: }
                service: {pipelines: {metrics: {receivers: [prometheus], exporters: [debug]}}}
                """);
        assertThat(run(Map.of(), "explain", file.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("    scrape_configs:\n    - job_name: redis-exporter\n")
                .contains("        regex: '9121'\n");
    }

    @Test
    void explainSaysWhatIsWrong() throws Exception {
        Path file = Files.writeString(directory.resolve("agent.yaml"), "receivers: {otpl: }\nservice: {pipelines: }\n");
        assertThat(run(Map.of(), "explain", file.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("error: line 1: receivers::otpl: unknown receiver type 'otpl' (expected: 'otlp'?)");
        assertThat(run(Map.of(), "explain", "/no/such.yaml")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("lightvessel-agent: config file /no/such.yaml: no such file");
    }

    @Test
    void componentsListsAllAndDescribesOne() {
        assertThat(run(Map.of(), "components")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.matches("processor +batch +stable +traces,metrics,logs,profiles +Merges .*"));
        out.reset();
        assertThat(run(Map.of(), "components", "batch")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("processor batch (stable)\nMerges requests")
                .contains("  timeout: a duration of 0s or more, such as 200ms, 5s or 1m30s, default '200ms'\n");
        out.reset();
        assertThat(run(Map.of(), "components", "exporter/otlp")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("exporter otlp (stable)\n")
                .doesNotContain("receiver otlp")
                .contains("  headers: a mapping of names to texts, secret\n");
        assertThat(run(Map.of(), "components", "otpl")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no component otpl (expected: a type that");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Main.run(
                List.of(arguments),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
