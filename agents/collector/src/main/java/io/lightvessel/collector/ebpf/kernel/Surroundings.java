package io.lightvessel.collector.ebpf.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where the agent runs, as far as it decides what can be sampled.
 *
 * @param initialPidNamespace whether the agent's process numbers are the machine's
 * @param paranoia of {@code kernel.perf_event_paranoid}
 */
record Surroundings(Set<Capability> capabilities, boolean initialPidNamespace, String paranoia) {
    /** The kernel gives the first pid namespace this inode on every machine. */
    private static final String INITIAL = "pid:[4026531836]";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final Path PARANOIA = Path.of("/proc/sys/kernel/perf_event_paranoid");

    static Surroundings read() throws SourceFailure {
        try {
            return new Surroundings(
                    Capability.of(effective()),
                    Files.readSymbolicLink(NAMESPACE).toString().equals(INITIAL),
                    Files.exists(PARANOIA) ? Files.readString(PARANOIA).strip() : "unknown");
        } catch (IOException | NumberFormatException e) {
            throw new SourceFailure("/proc cannot be read: " + e, e);
        }
    }

    private static long effective() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("CapEff:")) {
                return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
            }
        }
        return 0;
    }

    boolean has(Capability capability) {
        return capabilities.contains(capability);
    }
}
