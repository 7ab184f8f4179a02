package io.lightvessel.gateway.pprof;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of profile that a job pulls.
 *
 * @param config as configs call it, for example {@code godeltaprof_memory}
 * @param name as Pyroscope calls it, the label {@code __name__}
 * @param delta whether the target is asked for a profile of some seconds
 * @param cumulative sample types that count since the start of the process, and are turned into differences here
 * @param ownDelta whether the target tells differences itself
 * @param deltaPath where a target may tell the differences itself, if that is to be looked for
 */
record ProfileType(
        String config,
        String name,
        String path,
        boolean delta,
        Set<String> cumulative,
        boolean ownDelta,
        Optional<String> deltaPath) {

    static final List<String> NAMES = List.of(
            "memory",
            "block",
            "goroutine",
            "mutex",
            "process_cpu",
            "fgprof",
            "godeltaprof_memory",
            "godeltaprof_block",
            "godeltaprof_mutex");

    private static final String GODELTAPROF = "godeltaprof_";

    /** @param deltaPath where to look for differences that the target tells itself */
    static ProfileType of(String config, String path, boolean delta, Optional<String> deltaPath) {
        boolean own = config.startsWith(GODELTAPROF) && NAMES.contains(config);
        String name = own ? config.substring(GODELTAPROF.length()) : config;
        Set<String> cumulative = own || delta ? Set.of() : cumulative(name);
        return new ProfileType(
                config, name, path, delta, cumulative, own, cumulative.isEmpty() ? Optional.empty() : deltaPath);
    }

    /** What only grows in Go's profiles of that name. */
    private static Set<String> cumulative(String name) {
        return switch (name) {
            case "memory" -> Set.of("alloc_objects", "alloc_space");
            case "mutex", "block" -> Set.of("contentions", "delay");
            default -> Set.of();
        };
    }

    /** Whether Pyroscope must be told that it has differences and is not to make any. */
    boolean isDifference() {
        return ownDelta || !cumulative.isEmpty();
    }
}
