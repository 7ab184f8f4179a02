package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the built programs lie. */
public record Home(Path root, Path controlPlane, Path agent, Path local) {

    private static final String CONTROL_PLANE = "lightvessel-frontend-0.1.0-SNAPSHOT.jar";

    /** As the build leaves them, below each module's target directory. */
    public static Home built(Path root) {
        return new Home(
                root,
                root.resolve("frontend/target").resolve(CONTROL_PLANE),
                root.resolve("agents/agent/target/agent"),
                root.resolve("e2e/local/target/local"));
    }

    /** As the launcher copies them, so that a running product survives the next build. */
    static Home copied(Path root, Path directory) {
        return new Home(root, directory.resolve(CONTROL_PLANE), directory.resolve("agent"), directory.resolve("local"));
    }

    void requireBuilt() {
        for (Path needed : List.of(controlPlane, agentJar(), localJar(), javaAgent())) {
            if (!Files.isRegularFile(needed)) {
                throw new Failure(needed + " is missing: start with ./lightvessel up, which builds it.");
            }
        }
    }

    /** Tells the launcher that these copies must stay as long as this process lives. */
    void markInUse() {
        // Only copies are marked: what the build leaves behind is nobody's to remove.
        if (local.getParent() != null && !local.startsWith(root.resolve("e2e"))) {
            Path mark = local.resolveSibling("in-use." + ProcessHandle.current().pid());
            try {
                Files.writeString(mark, "");
            } catch (IOException e) {
                throw new Failure(mark + " cannot be written: " + e.getMessage() + ".", e);
            }
        }
    }

    Path agentJar() {
        return agent.resolve("lightvessel-agent.jar");
    }

    /** The agent's command up to its own arguments, as the launcher makes it. */
    List<String> agentCommand() {
        List<String> command = new ArrayList<>(List.of(executable(), "@" + agent.resolve("agent.options")));
        Path cache = agent.resolve("agent.aot");
        if (Files.isReadable(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-jar", agentJar().toString()));
        return command;
    }

    private static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Path localJar() {
        return local.resolve("lightvessel-local.jar");
    }

    Path javaAgent() {
        return local.resolve("opentelemetry-javaagent.jar");
    }

    /** The shop's jar names what it needs in its manifest. */
    Path shopJar() {
        return local.resolve("lib").resolve("lightvessel-shop-0.1.0-SNAPSHOT.jar");
    }

    /** The Java that runs the supervisor runs everything; small and quick to start matters more here than speed. */
    static List<String> java(int heapMegabytes, String... more) {
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData"));
        command.addAll(List.of(more));
        return command;
    }
}
