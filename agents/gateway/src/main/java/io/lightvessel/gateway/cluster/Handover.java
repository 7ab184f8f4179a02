package io.lightvessel.gateway.cluster;

import java.time.Instant;

/**
 * What a target's former owner knows and its next one needs.
 *
 * @param lastSlot the time slot that was scraped last
 * @param state in the owner's own format, for example the series seen at the last scrape; never more than 16 MiB
 */
public record Handover(Instant lastSlot, byte[] state) {

    /** So far in the future that whoever goes on begins with the slot that comes next. */
    private static final Instant UNSURE = Instant.parse("2200-01-01T00:00:00Z");

    /** The same, when somebody may have owned the target since, and have scraped slots nobody knows of. */
    public Handover outdated() {
        return new Handover(UNSURE, state);
    }
}
