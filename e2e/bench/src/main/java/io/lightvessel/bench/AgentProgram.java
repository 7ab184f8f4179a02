package io.lightvessel.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the agent is started: as the launcher starts it, or whatever command was given instead.
 *
 * @param java the command with its options, up to the agent's own arguments
 */
record AgentProgram(List<String> java) {

    private static final String COMMAND_SETTING = "lightvessel.bench.agent";

    AgentProgram {
        java = List.copyOf(java);
    }

    /** As the launcher says, one word per line. */
    static AgentProgram fromLauncher() {
        String command = System.getProperty(COMMAND_SETTING);
        if (command == null) {
            throw new Failure(COMMAND_SETTING + ": not set (expected: the agent's command; start with ./lightvessel)");
        }
        return new AgentProgram(command.lines().filter(word -> !word.isBlank()).toList());
    }

    Subject start(OtlpOptions options, Path config, Ports ports, Pinning pinning, Path log) {
        String peer = options.peer();
        if (peer != null) {
            String command = peer.replace("{config}", config.toString());
            return Subject.start(pinning.onAgentCore(List.of("sh", "-c", command)), environment(ports), log);
        }
        List<String> command = new ArrayList<>(java);
        Path record = options.record();
        if (record != null) {
            // Before -jar, which is followed by the jar and nothing else.
            command.addAll(command.size() - 2, recording(record));
        }
        return run(command, config, ports, pinning, log);
    }

    /** The agent as it is. */
    Subject start(Path config, Ports ports, Pinning pinning, Path log) {
        return run(new ArrayList<>(java), config, ports, pinning, log);
    }

    private static Subject run(List<String> command, Path config, Ports ports, Pinning pinning, Path log) {
        command.addAll(List.of("run", "--config", config.toString()));
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            throw new Failure(command.getFirst() + " cannot be run");
        }
        return Subject.start(pinning.onAgentCore(command), environment(ports), log);
    }

    private static Map<String, String> environment(Ports ports) {
        return Map.of(
                "LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:" + ports.health(),
                "LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:" + ports.metrics(),
                "LIGHTVESSEL_DEBUG_ENDPOINT", "off");
    }

    private static List<String> recording(Path file) {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+DebugNonSafepoints",
                "-XX:StartFlightRecording=delay=15s,settings=profile,filename=" + file);
    }
}
