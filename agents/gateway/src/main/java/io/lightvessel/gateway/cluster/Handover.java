package io.lightvessel.gateway.cluster;

import java.time.Instant;

/**
 * What a target's former owner knows and its next one needs.
 *
 * @param lastSlot the time slot that was scraped last
 * @param state in the owner's own format, for example the series seen at the last scrape; never more than 16 MiB
 */
public record Handover(Instant lastSlot, byte[] state) {}
