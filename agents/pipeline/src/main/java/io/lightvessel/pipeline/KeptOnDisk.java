package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.disk.Amount;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What lanes that are gone have left on disk in this life of the process: still queued in the books, waiting for its
 * exporter to come back.
 */
final class KeptOnDisk {

    private record Kept(String lane, Map<String, Amount> amounts, Instant since) {}

    private final Map<Path, Kept> directories = new ConcurrentHashMap<>();

    void put(Path directory, String lane, Map<String, Amount> amounts, Instant now) {
        if (!amounts.isEmpty()) {
            directories.put(directory, new Kept(lane, amounts, now));
        }
    }

    /** What was left in a directory, which from now on is a lane's again. */
    Map<String, Amount> take(Path directory) {
        Kept kept = directories.remove(directory);
        return kept == null ? Map.of() : kept.amounts();
    }

    Count held(PipelineId pipeline) {
        Count held = Count.ZERO;
        for (Kept kept : directories.values()) {
            Amount amount = kept.amounts().getOrDefault(pipeline.toString(), Amount.ZERO);
            held = held.plus(new Count(amount.records(), amount.bytes()));
        }
        return held;
    }

    /** Empty when nothing is left behind. */
    Optional<ComponentHealth> health() {
        if (directories.isEmpty()) {
            return Optional.empty();
        }
        String message = directories.entrySet().stream()
                .map(entry -> message(entry.getValue(), entry.getKey()))
                .sorted()
                .collect(Collectors.joining("; "));
        Instant since = directories.values().stream()
                .map(Kept::since)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return Optional.of(ComponentHealth.leaf(ComponentStatus.RECOVERABLE_ERROR, message, since));
    }

    private static String message(Kept kept, Path directory) {
        return kept.lane() + " is gone; " + records(kept.amounts()) + " records stay in " + directory
                + " and are sent when it comes back with that storage";
    }

    static long records(Map<String, Amount> amounts) {
        return amounts.values().stream().mapToLong(Amount::records).sum();
    }
}
