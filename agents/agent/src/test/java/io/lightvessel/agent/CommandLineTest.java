package io.lightvessel.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Token;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private final Token token = Token.mint(Token.Kind.ENROLLMENT, new SecureRandom());

    @Test
    void managedAgentTakesRoleUrlTokenAndState() throws Exception {
        assertThat(parse(
                        Map.of(),
                        "run --role gateway --control-plane http://cp:8080 --state=/var/s --token " + token.text()
                                + " --name g1"))
                .isEqualTo(new Command.RunManaged(
                        AgentRole.GATEWAY, URI.create("ws://cp:8080/v1/opamp"), token, Path.of("/var/s"), "g1"));
    }

    @Test
    void tokenMayComeFromAFileOrTheEnvironmentAndTheNameFromTheHost(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, token.text() + "\n");
        String rest = "run --role edge --control-plane wss://cp/v1/opamp --state s";
        Command.RunManaged expected = new Command.RunManaged(
                AgentRole.EDGE, URI.create("wss://cp/v1/opamp"), token, Path.of("s"), "this-host");
        assertThat(parse(Map.of(), rest + " --token-file " + file)).isEqualTo(expected);
        assertThat(parse(Map.of("LIGHTVESSEL_ENROLLMENT_TOKEN", token.text()), rest))
                .isEqualTo(expected);
        assertThat(((Command.RunManaged) parse(Map.of(), rest)).token()).isNull();
    }

    @Test
    void otherCommandsAreRead() throws Exception {
        assertThat(parse(Map.of(), "run --config c.yaml"))
                .isEqualTo(new Command.RunLocal(Path.of("c.yaml"), null, "this-host"));
        assertThat(parse(Map.of(), "validate c.yaml")).isEqualTo(new Command.Validate(Path.of("c.yaml")));
        assertThat(parse(Map.of(), "components")).isEqualTo(new Command.Components(null));
        assertThat(parse(Map.of(), "components exporter/otlp")).isEqualTo(new Command.Components("exporter/otlp"));
        assertThat(parse(Map.of(), "explain c.yaml")).isEqualTo(new Command.Explain(Path.of("c.yaml")));
        assertThat(parse(Map.of(), "drain --state s")).isEqualTo(new Command.Drain(Path.of("s"), Duration.ZERO));
        assertThat(parse(Map.of(), "drain --state s --at-least 1m5s"))
                .isEqualTo(new Command.Drain(Path.of("s"), Duration.ofSeconds(65)));
        assertThat(parse(Map.of(), "--version")).isEqualTo(new Command.Version());
        assertThat(parse(Map.of(), "help")).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start | command: start (expected: run, validate, explain, components, drain, warm-up, --version or help)",
                "drain | drain: no --state (expected: the directory that the agent runs with)",
                "drain --state s --at-least soon | --at-least: soon (expected: a duration such as 5s)",
                "drain --role edge | drain: unknown option --role (expected: one of --at-least, --state)",
                "run | run: no --role (expected: gateway, collector or edge)",
                "run --role edge --control-plane ftp://x --state s | control plane: ftp://x (expected: "
                        + "http://host:port, https://host:port or ws://host:port/v1/opamp)",
                "run --role edge --control-plane http://u:pw@x --state s | control plane: http://***@x (expected: "
                        + "http://host:port, https://host:port or ws://host:port/v1/opamp)",
                "run --role edge --control-plane http://x | run: no --state (expected: a directory)",
                "run --role edge --role edge | run: --role twice",
                "run --role | run: --role without a value",
                "run --colour red | run: unknown option --colour (expected: one of --config, --control-plane, --name, "
                        + "--role, --state, --token, --token-file)",
                "run --config c --token t | run: --token beside --config (expected: one or the other)",
                "validate | validate: no argument (expected: one FILE)",
                "validate a b | validate: more than one argument (expected: one FILE)",
                "help me | unexpected argument me (expected: none)"
            })
    void mistakesAreNamedWithWhatWasExpected(String line, String message) {
        assertThatThrownBy(() -> parse(Map.of(), line.strip()))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void aWrongTokenIsNotRepeated() {
        String rest = "run --role edge --control-plane http://x --state s --token ";
        assertThatThrownBy(() -> parse(Map.of(), rest + "secret-thing"))
                .hasMessageStartingWith("enrolment token: 12 characters that are no token")
                .hasMessageNotContaining("secret-thing");
        Token api = Token.mint(Token.Kind.API, new SecureRandom());
        assertThatThrownBy(() -> parse(Map.of(), rest + api.text()))
                .hasMessage(
                        "api token lvp_" + api.id() + " is no enrolment token (expected: one that begins with lve_)");
    }

    private static Command parse(Map<String, String> environment, String line) throws UsageException {
        return new CommandLine(environment, () -> "this-host").parse(List.of(line.split(" ")));
    }
}
