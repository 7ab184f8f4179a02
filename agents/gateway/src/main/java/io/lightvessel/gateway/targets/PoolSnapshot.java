package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.relabel.LabelSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pool knows at a moment, for people.
 *
 * @param failure why none of the targets may be scraped, such as too many of them
 * @param dropped those that relabelling dropped or that cannot be asked, as many as are kept
 * @param droppedCount how many there are
 * @param syncedAt when discovered targets were last looked at; absent before the first time
 */
public record PoolSnapshot(
        String pool,
        Optional<String> failure,
        List<Active> active,
        List<Dropped> dropped,
        int droppedCount,
        List<DiscoveryState> discoveries,
        Optional<Instant> syncedAt,
        Duration syncTook) {

    /**
     * A target that some replica scrapes.
     *
     * @param discovered its labels before relabelling
     * @param discovery who told of it
     * @param source where that had it from, for example a file
     */
    public record Active(Target target, LabelSet discovered, String discovery, String source) {}

    /** A target that is not scraped, and why. */
    public record Dropped(LabelSet discovered, String discovery, String source, String reason, boolean isProblem) {}

    /** What keeps it from being seen as a whole or from being scraped, a sentence each. */
    public List<String> problems() {
        Stream<String> ofDiscoveries = discoveries.stream()
                .flatMap(state -> state.problem().stream().map(problem -> state.name() + ": " + problem));
        return Stream.concat(failure.stream(), ofDiscoveries)
                .map(problem -> pool + ": " + problem)
                .toList();
    }

    /** A discovery, how many targets it knows, and what keeps it from knowing all. */
    public record DiscoveryState(String name, int targets, Optional<String> problem) {}
}
