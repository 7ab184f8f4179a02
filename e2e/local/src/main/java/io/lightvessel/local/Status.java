package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code status}: what runs, and whether it is all there; exit code 0 only when it is. */
final class Status {

    private static final String ROW = "%-14s %-9s %8s %9s %9s  %s%n";
    private final DataDir data;

    Status(DataDir data) {
        this.data = data;
    }

    int run() throws InterruptedException {
        Optional<Run> found = Run.read(data);
        if (found.isEmpty()) {
            System.out.println("Nothing runs from " + data.root() + ". ./lightvessel up starts it.");
            return 1;
        }
        Run run = found.get();
        boolean whole = run.supervised() && run.phase() == Run.Phase.READY;
        Map<String, ControlPlane.Agent> agents = agents(run);
        System.out.printf(Locale.ROOT, ROW, "PART", "PROCESS", "PID", "MEMORY", "UP", "WHERE");
        row("supervisor", run.supervisor(), data.root().toString());
        for (Run.Member member : run.members()) {
            whole &= member.alive();
            ControlPlane.Agent agent = agents.get(member.name());
            String word = agent == null ? "" : "  [" + agent.health() + ", " + agent.config() + "]";
            row(member.name(), member.processes().getFirst(), member.address() + word);
        }
        System.out.println(verdict(run, whole));
        return whole ? 0 : 1;
    }

    private String verdict(Run run, boolean whole) {
        if (whole) {
            return "Ready: http://127.0.0.1:" + run.port();
        }
        if (!run.supervised()) {
            return "The supervisor is gone; ./lightvessel down stops what is left.";
        }
        return switch (run.phase()) {
            case STARTING -> "Starting since " + age(run.startedAt()) + ".";
            case STOPPING -> "Stopping.";
            case READY ->
                "A part is down; the supervisor starts it again. Logs: "
                        + data.root().resolve("logs");
        };
    }

    private Map<String, ControlPlane.Agent> agents(Run run) throws InterruptedException {
        if (!run.demo()) {
            return Map.of();
        }
        try {
            return new ControlPlane(run.port(), data)
                    .agents().stream()
                            .collect(Collectors.toMap(ControlPlane.Agent::name, Function.identity(), (a, b) -> b));
        } catch (IOException | Failure e) {
            // The table shows that the control plane is away; the agents' columns stay empty.
            return Map.of();
        }
    }

    private static void row(String name, ProcessId process, String where) {
        Optional<ProcessHandle> alive = process.alive();
        System.out.printf(
                Locale.ROOT,
                ROW,
                name,
                alive.isPresent() ? "running" : "dead",
                process.pid(),
                alive.map(handle -> memory(handle.pid())).orElse("-"),
                alive.isPresent() ? age(process.startedAt()) : "-",
                where);
    }

    private static String memory(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                    .findFirst()
                    .orElse("-");
        } catch (IOException e) {
            return "-";
        }
    }

    private static String age(Instant since) {
        long seconds = Duration.between(since, Instant.now()).toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
