package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.local.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LauncherIT {

    private final Path data = ProductExtension.TARGET.resolve("launcher");
    private final Options options = Options.beside(data);

    @BeforeEach
    void clean() throws Exception {
        Files.createDirectories(ProductExtension.TARGET);
        ProductExtension.delete(data);
    }

    @AfterEach
    void stop() throws Exception {
        command("down");
    }

    @Test
    void aProductWithoutDemoStartsTellsOfItselfAndIsGoneAfterDown() throws Exception {
        Launcher.Result up = command("up", "--detach", "--no-demo");

        assertThat(up.output())
                .contains("control plane", "sink", "Ready after", "Sign in")
                .doesNotContain("gateway-1");
        assertThat(up.exit()).isZero();

        Launcher.Result again = command("up", "--detach", "--no-demo");
        assertThat(again.output()).contains("Lightvessel runs from " + data + " already");
        assertThat(again.exit()).isZero();
        assertThat(command("up", "--no-demo", "--port", String.valueOf(options.port() + 1))
                        .exit())
                .isOne();

        Launcher.Result status = command("status");
        assertThat(status.output()).contains("control plane", "running", "Ready: http://127.0.0.1:" + options.port());
        assertThat(status.exit()).isZero();

        String token = command("token").output();
        assertThat(token).matches("lvp_[A-Za-z0-9]+_[A-Za-z0-9_-]+\n");
        assertThat(clusters(token.strip())).isEqualTo(200);

        List<Long> pids = pids();
        assertThat(pids).hasSizeGreaterThan(3);
        assertThat(command("down").exit()).isZero();
        assertThat(pids).noneMatch(LauncherIT::alive);
        assertThat(command("status").exit()).isOne();
        assertThat(command("down").output()).isEqualTo("Nothing runs from " + data + ".\n");
    }

    @Test
    void downStopsWhatAKilledSupervisorLeftBehind() throws Exception {
        assertThat(command("up", "--detach", "--no-demo").exit()).isZero();
        List<Long> pids = pids();
        ProcessHandle supervisor = ProcessHandle.of(pids.getFirst()).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get();

        assertThat(command("status").output()).contains("The supervisor is gone");
        assertThat(command("down").exit()).isZero();
        assertThat(pids).noneMatch(LauncherIT::alive);
    }

    @Test
    void ctrlCStopsEverything() throws Exception {
        Launcher up = Launcher.start(with("up", "--no-demo"));
        Eventually.within(Duration.ofSeconds(90), () -> assertThat(up.said()).contains("Ready after"));
        List<Long> pids = pids();

        new ProcessBuilder("kill", "-INT", String.valueOf(up.process().pid()))
                .start()
                .waitFor();

        assertThat(up.end().output()).contains("Stopping.\nStopped.\n").doesNotContain("ended with");
        assertThat(pids).noneMatch(LauncherIT::alive);
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(options.port(), 1, InetAddress.getLoopbackAddress())) {
            Launcher.Result up = command("up", "--no-demo");

            assertThat(up.output())
                    .startsWith("lightvessel: Port " + taken.getLocalPort()
                            + " (control plane, console and API) is taken by process "
                            + ProcessHandle.current().pid())
                    .hasLineCount(1);
            assertThat(up.exit()).isOne();
        }
    }

    @Test
    void aChildThatDiesIsNamedWithItsLastWordsAndNothingStaysBehind() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("postgres"), "no directory");

        Launcher.Result up = command("up", "--detach", "--no-demo");

        assertThat(up.output()).contains("lightvessel: control plane ended with exit code 1; its log ");
        assertThat(up.exit()).isOne();
        assertThat(data.resolve("run.json")).doesNotExist();
    }

    @Test
    void theScriptExplainsItself() throws Exception {
        for (String command : List.of("up", "down", "status", "token", "agent", "test")) {
            Launcher.Result help = Launcher.script(command, "--help");
            assertThat(help.output()).startsWith("Usage: ./lightvessel " + command);
            assertThat(help.exit()).isZero();
        }
        Launcher.Result unknown = Launcher.script("start");
        assertThat(unknown.output())
                .isEqualTo(
                        "lightvessel: unknown command: start"
                                + " (expected: up, down, status, token, audit, secrets, agent, bench, conformance, test, mvn or help)\n");
        assertThat(unknown.exit()).isEqualTo(2);
    }

    @Test
    void anOptionThatIsNoneIsExplained() throws Exception {
        Launcher.Result up = command("up", "--port", "http");

        assertThat(up.output()).isEqualTo("lightvessel: --port: http (expected: 1..65535)\n");
        assertThat(up.exit()).isEqualTo(2);
    }

    private Launcher.Result command(String... arguments) throws Exception {
        return Launcher.run(with(arguments));
    }

    private String[] with(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString(), "--offset", String.valueOf(options.offset())));
        return all.toArray(String[]::new);
    }

    /** The supervisor first, then its parts and what they started. */
    private List<Long> pids() throws IOException {
        JsonNode run = JsonMapper.builder().build().readTree(Files.readString(data.resolve("run.json")));
        List<Long> pids = new ArrayList<>();
        run.findValues("pid").forEach(pid -> pids.add(pid.asLong()));
        pids.remove(run.at("/supervisor/pid").asLong());
        pids.addFirst(run.at("/supervisor/pid").asLong());
        return pids;
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private int clusters(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + options.port() + "/api/v1/tenants/demo/clusters"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
