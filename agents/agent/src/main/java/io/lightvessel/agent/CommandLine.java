package io.lightvessel.agent;

import io.lightvessel.agent.link.ControlPlaneUri;
import io.lightvessel.config.GoDuration;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the command line. Nine commands and eight options need no library: one would cost start-up time and size. */
final class CommandLine {
    static final String TOKEN_VARIABLE = "LIGHTVESSEL_ENROLLMENT_TOKEN";

    static final String USAGE = """
            Usage: lightvessel-agent COMMAND

              run --role gateway|collector|edge --control-plane URL --state DIR [--token T | --token-file F] [--name N]
                    Run under a control plane. The enrolment token is needed once; it may also come from the
                    environment variable LIGHTVESSEL_ENROLLMENT_TOKEN. DIR keeps the agent's identity and credential.
              run --config FILE [--state DIR] [--name N]
                    Run a config file; reload it when it changes or on SIGHUP. DIR keeps positions in tailed files.
              validate FILE
                    Say what is wrong with a config file; exit code 1 if anything is.
              explain FILE
                    Show what each component of a config file comes to: all its keys, with defaults, without secrets.
              components [TYPE]
                    List the components this agent has; with a type (otlp) or kind and type (exporter/otlp), its keys.
              drain --state DIR [--at-least 5s]
                    Have the agent that runs with DIR hand over its targets, and end when that is done: for a preStop hook.
              warm-up
                    Take and pass on a little telemetry and end: for making an AOT cache, see docs/agent.md.
              --version, help

            Environment: LIGHTVESSEL_HEALTH_ENDPOINT (0.0.0.0:13133), LIGHTVESSEL_METRICS_ENDPOINT (0.0.0.0:8888),
              LIGHTVESSEL_DEBUG_ENDPOINT (127.0.0.1:12345, or off; beyond loopback with LIGHTVESSEL_DEBUG_TOKEN or
              LIGHTVESSEL_DEBUG_TOKEN_FILE), LIGHTVESSEL_LOG_LEVEL (debug, info, warn, error)
            """;

    private static final Set<String> OPTIONS =
            Set.of("--role", "--control-plane", "--token", "--token-file", "--state", "--name", "--config");

    private static final Set<String> DRAIN_OPTIONS = Set.of("--state", "--at-least");
    private static final String COMMANDS = "run, validate, explain, components, drain, warm-up, --version or help";

    private final Map<String, String> environment;
    private final Supplier<String> hostName;

    CommandLine(Map<String, String> environment, Supplier<String> hostName) {
        this.environment = environment;
        this.hostName = hostName;
    }

    Command parse(List<String> arguments) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String command = rest.poll();
        if (command == null) {
            throw new UsageException("no command (expected: " + COMMANDS + ")");
        }
        return switch (command) {
            case "run" -> run(options("run", OPTIONS, rest));
            case "validate" -> new Command.Validate(Path.of(only(rest, "validate", "one FILE")));
            case "explain" -> new Command.Explain(Path.of(only(rest, "explain", "one FILE")));
            case "components" ->
                new Command.Components(rest.isEmpty() ? null : only(rest, "components", "one TYPE or none"));
            case "drain" -> drain(options("drain", DRAIN_OPTIONS, rest));
            case "warm-up" -> alone(rest, new Command.WarmUp());
            case "--version", "version" -> alone(rest, new Command.Version());
            case "help", "--help", "-h" -> alone(rest, new Command.Help());
            default -> throw new UsageException("command: " + command + " (expected: " + COMMANDS + ")");
        };
    }

    private Command run(Map<String, String> options) throws UsageException {
        String name = options.getOrDefault("--name", "");
        if (name.isBlank()) {
            name = hostName.get();
        }
        String config = options.get("--config");
        String state = options.get("--state");
        if (config != null) {
            for (String other : List.of("--role", "--control-plane", "--token", "--token-file")) {
                if (options.containsKey(other)) {
                    throw new UsageException("run: " + other + " beside --config (expected: one or the other)");
                }
            }
            return new Command.RunLocal(Path.of(config), state == null ? null : Path.of(state), name);
        }
        String role = required(options, "--role", "gateway, collector or edge");
        return new Command.RunManaged(
                AgentRole.ofWireName(role)
                        .orElseThrow(() ->
                                new UsageException("--role: " + role + " (expected: gateway, collector or edge)")),
                uri(required(options, "--control-plane", "a URL, or --config FILE instead")),
                token(options),
                Path.of(required(options, "--state", "a directory")),
                name);
    }

    private static Command drain(Map<String, String> options) throws UsageException {
        String atLeast = options.getOrDefault("--at-least", "0s");
        Optional<Duration> duration = GoDuration.parse(atLeast);
        if (duration.isEmpty() || duration.get().isNegative()) {
            throw new UsageException("--at-least: " + atLeast + " (expected: a duration such as 5s)");
        }
        String state = options.get("--state");
        if (state == null) {
            throw new UsageException("drain: no --state (expected: the directory that the agent runs with)");
        }
        return new Command.Drain(Path.of(state), duration.get());
    }

    private @Nullable Token token(Map<String, String> options) throws UsageException {
        String text = options.get("--token");
        String file = options.get("--token-file");
        if (text != null && file != null) {
            throw new UsageException("run: --token and --token-file (expected: one of them)");
        }
        if (file != null) {
            try {
                text = Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new UsageException("--token-file: " + file + " cannot be read: " + e);
            }
        }
        if (text == null) {
            text = environment.get(TOKEN_VARIABLE);
        }
        if (text == null || text.isBlank()) {
            return null;
        }
        Token token;
        try {
            token = Token.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException("enrolment " + e.getMessage());
        }
        if (token.kind() != Token.Kind.ENROLLMENT) {
            throw new UsageException(token + " is no enrolment token (expected: one that begins with lve_)");
        }
        return token;
    }

    private static URI uri(String text) throws UsageException {
        try {
            return ControlPlaneUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Accepts {@code --name value} and {@code --name=value}. */
    private static Map<String, String> options(String command, Set<String> known, Deque<String> rest)
            throws UsageException {
        Map<String, String> options = new HashMap<>();
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (!known.contains(option)) {
                throw new UsageException(command + ": unknown option " + option + " (expected: one of "
                        + String.join(", ", known.stream().sorted().toList()) + ")");
            }
            String value = equals < 0 ? rest.poll() : argument.substring(equals + 1);
            if (value == null || value.isBlank()) {
                throw new UsageException(command + ": " + option + " without a value");
            }
            if (options.put(option, value) != null) {
                throw new UsageException(command + ": " + option + " twice");
            }
        }
        return options;
    }

    private static String required(Map<String, String> options, String option, String expected) throws UsageException {
        String value = options.get(option);
        if (value == null) {
            throw new UsageException("run: no " + option + " (expected: " + expected + ")");
        }
        return value;
    }

    private static String only(Deque<String> rest, String command, String expected) throws UsageException {
        String value = rest.poll();
        if (value == null || !rest.isEmpty()) {
            throw new UsageException(command + ": " + (value == null ? "no argument" : "more than one argument")
                    + " (expected: " + expected + ")");
        }
        return value;
    }

    private static Command alone(Deque<String> rest, Command command) throws UsageException {
        if (!rest.isEmpty()) {
            throw new UsageException("unexpected argument " + rest.peek() + " (expected: none)");
        }
        return command;
    }
}
