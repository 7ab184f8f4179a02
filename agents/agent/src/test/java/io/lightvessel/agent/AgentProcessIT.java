package io.lightvessel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgentProcessIT {
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @TempDir
    Path directory;

    private Path config;
    private Path log;
    private LogSink sink;

    @BeforeEach
    void backend() throws IOException {
        config = directory.resolve("config.yaml");
        log = Files.createDirectories(directory.resolve("pods/shop_orders-0_11aa/orders"))
                .resolve("0.log");
        sink = new LogSink();
        toClose.add(sink);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
    }

    @Test
    void anAgentRunsAFileReloadsItKeepsTheOldOneWhenTheNewIsBadAndStopsInOrder() throws Exception {
        writeConfig("");
        write(1);
        RunningAgent agent = start("run", "--config", config.toString());
        await(() -> sink.lines.equals(List.of("line 0")));
        assertThat(agent.health("/").statusCode()).isEqualTo(200);
        assertThat(agent.health("/").body())
                .contains("\"status\":\"Server available\"")
                .contains("receiver:filelog");
        assertThat(agent.health("/live").statusCode()).isEqualTo(200);
        assertThat(agent.metrics("/metrics").body()).contains("otelcol_receiver_accepted_log_records");
        assertThat(agent.metrics("/").statusCode()).isEqualTo(404);

        writeConfig("    include_file_pat: true\n");
        agent.awaitLog("is not used, the config before it stays: line 5: receivers::filelog::include_file_pat");
        assertThat(agent.health("/").body()).contains("\"config\":{\"healthy\":false,\"error\":\"line 5: ");
        assertThat(agent.health("/").statusCode()).isEqualTo(200);
        write(1);
        await(() -> sink.lines.size() == 2);

        writeConfig("    include_file_path: true\n");
        agent.awaitLog("running the changed");
        assertThat(agent.health("/").body()).contains("\"config\":{\"healthy\":true}");
        write(1);
        await(() -> sink.lines.size() == 3);

        int reloads = agent.log().split("running the changed", -1).length;
        agent.signal("HUP");
        while (agent.log().split("running the changed", -1).length == reloads) {
            Thread.sleep(10);
        }
        agent.signal("TERM");
        assertThat(agent.process.waitFor()).isZero();
        assertThat(agent.log())
                .contains("stopping: handing over targets, passing on what is queued")
                .endsWith("stopped\n");
        assertThat(agent.log().lines())
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z (INFO |WARN |ERROR|DEBUG) \\S+: .*"));
    }

    @Test
    void aKilledAgentGoesOnWhereItsCheckpointWasAndLosesNothing() throws Exception {
        writeConfig("");
        int kills = 4;
        for (int kill = 0; kill < kills; kill++) {
            RunningAgent agent = start("run", "--config", config.toString(), "--state", directory + "/state");
            write(2000);
            int some = kill * 4000 + 500;
            await(() -> new HashSet<>(sink.lines).size() >= some);
            agent.process.destroyForcibly().waitFor();
            write(1000);
            Files.move(log, log.resolveSibling("0.log.20261123-10000" + kill));
            write(1000);
        }
        start("run", "--config", config.toString(), "--state", directory + "/state");
        await(() -> new HashSet<>(sink.lines).size() >= written);
        Set<String> expected = new HashSet<>(
                IntStream.range(0, written).mapToObj(i -> "line " + i).toList());
        assertThat(new HashSet<>(sink.lines)).isEqualTo(expected);
    }

    @Test
    void aTakenPortIsOneSentenceAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(config, """
                    receivers:
                      otlp:
                        protocols:
                          http:
                            endpoint: 127.0.0.1:%d
                    exporters:
                      debug:
                    service:
                      pipelines:
                        logs:
                          receivers: [otlp]
                          exporters: [debug]
                    """.formatted(taken.getLocalPort()));
            RunningAgent agent = start("run", "--config", config.toString());
            assertThat(agent.process.waitFor()).isEqualTo(1);
            assertThat(agent.log().lines().toList().getLast())
                    .startsWith("lightvessel-agent: " + config + ": receiver/otlp")
                    .contains("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void validateNamesEachMistakeWithItsLine() throws Exception {
        writeConfig("    include_file_pat: true\n");
        RunningAgent agent = start("validate", config.toString());
        assertThat(agent.process.waitFor()).isEqualTo(1);
        assertThat(agent.log()).startsWith(config + ": error: line 5: receivers::filelog::include_file_pat: ");
        writeConfig("");
        agent = start("validate", config.toString());
        assertThat(agent.process.waitFor()).isZero();
        assertThat(agent.log()).isEqualTo(config + ": valid\n");
    }

    @Test
    void wrongUsageIsExitCode2() throws Exception {
        RunningAgent agent = start("run", "--role", "gatewy");
        assertThat(agent.process.waitFor()).isEqualTo(2);
        assertThat(agent.log()).startsWith("lightvessel-agent: --role: gatewy (expected: gateway, collector or edge)");
    }

    @Test
    void anAgentThatNeverEnrolledAndHasNoTokenSaysSo() throws Exception {
        RunningAgent agent = start(
                "run", "--role", "edge", "--control-plane", "http://127.0.0.1:9", "--state", directory + "/state");
        assertThat(agent.process.waitFor()).isEqualTo(1);
        assertThat(agent.log().lines().toList().getLast())
                .isEqualTo("lightvessel-agent: this agent is not enrolled yet and has no enrolment token"
                        + " (expected: --token, --token-file or LIGHTVESSEL_ENROLLMENT_TOKEN)");
    }

    @Test
    void aDamagedCredentialIsSaidAndKept() throws Exception {
        Path state = Files.createDirectories(directory.resolve("state"));
        Path credential = state.resolve("connection.properties");
        Files.writeString(credential, "hash=ab\n");
        RunningAgent agent =
                start("run", "--role", "edge", "--control-plane", "http://127.0.0.1:9", "--state", state.toString());
        assertThat(agent.process.waitFor()).isEqualTo(1);
        assertThat(agent.log().lines().toList().getLast())
                .isEqualTo("lightvessel-agent: state file " + credential + " is damaged: no heartbeatSeconds. "
                        + "Restore it from a copy, or delete it and start the agent with a new enrolment token.");
        assertThat(credential).hasContent("hash=ab\n");
    }

    private int written;

    private void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("2026-11-23T10:00:00Z stdout F line ").append(written++).append('\n');
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void writeConfig(String filelogKeys) throws IOException {
        Files.writeString(config, """
                receivers:
                  filelog:
                    include: [%s/pods/*/*/*.log]
                    start_at: beginning
                %s    poll_interval: 20ms
                    operators: [{type: container}]
                exporters:
                  otlphttp:
                    endpoint: %s
                service:
                  pipelines:
                    logs:
                      receivers: [filelog]
                      exporters: [otlphttp]
                """.formatted(directory, filelogKeys, sink.endpoint()));
    }

    private RunningAgent start(String... arguments) throws IOException {
        RunningAgent agent = RunningAgent.start(directory, arguments);
        toClose.add(agent);
        return agent;
    }

    /** The class's time limit ends a wait in vain. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
