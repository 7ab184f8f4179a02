package io.lightvessel.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One target at one moment.
 *
 * @param job the job's name
 * @param hash 64 bits that are the same on every replica
 * @param url without user info
 * @param labels after relabelling
 * @param discovered the labels before it, {@code __meta_*} among them
 * @param error of the last scrape, or why it is dropped; empty when all is well
 * @param lastScrape when the last scrape began; null when there was none here
 * @param lastAmount samples of the last successful scrape, bytes of a profile
 * @param nextScrape null when none is planned here
 * @param owner the name of the replica that owns it; null when nobody does or it is not known
 * @param ownedSince null when it is not owned here
 * @param predictedOwner the replica that gets it if its owner leaves; null when there is none
 */
public record TargetSnapshot(
        String job,
        long hash,
        String url,
        Map<String, String> labels,
        Map<String, String> discovered,
        State state,
        String error,
        @Nullable Instant lastScrape,
        Duration lastDuration,
        long lastAmount,
        @Nullable Instant nextScrape,
        @Nullable String owner,
        @Nullable Instant ownedSince,
        @Nullable String predictedOwner) {

    /** How it is doing, as seen from here. */
    public enum State {
        /** Owned here, and the last scrape succeeded. */
        UP,
        /** Owned here, and the last scrape failed. */
        DOWN,
        /** Owned here and not scraped yet. */
        PENDING,
        /** Another replica owns it. */
        ELSEWHERE,
        /** Nobody owns it now. */
        UNOWNED,
        /** Relabelling or a limit keeps it from being scraped. */
        DROPPED
    }
}
