package io.lightvessel.targets;

import io.lightvessel.fleet.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a cluster's gateways scrape or pull profiles from.
 *
 * @param key the same on every replica; what lists are ordered by
 * @param receiver component id in the agents' config
 * @param kind metrics or profiles
 * @param error of the last scrape, or why it was dropped; empty when all is well
 * @param samples samples of the last successful scrape, bytes for profiles
 * @param owners agents that say it is theirs: one, none while it has no owner, and more only if something is wrong
 * @param predictedOwner the replica that gets it should its owner leave; null when there is none
 */
public record Target(
        String key,
        String receiver,
        String job,
        String kind,
        String url,
        Map<String, String> labels,
        TargetState state,
        String error,
        @Nullable Instant lastScrape,
        Duration lastDuration,
        long samples,
        @Nullable Instant nextScrape,
        @Nullable Instant ownedSince,
        List<AgentId> owners,
        @Nullable String predictedOwner) {

    public Target {
        labels = Map.copyOf(labels);
        owners = List.copyOf(owners);
    }
}
