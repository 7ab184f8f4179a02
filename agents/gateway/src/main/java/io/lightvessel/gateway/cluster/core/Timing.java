package io.lightvessel.gateway.cluster.core;

import java.time.Duration;

/**
 * How patient the agreement is, in nanoseconds.
 *
 * @param heartbeat how often the coordinator renews leases
 * @param detection a replica not heard of for so long is taken for gone
 * @param lease how long a replica may go on with what it owns after its last sign of life that the coordinator knows of
 * @param handover how long to wait for a target's former owner, and for the state on its way
 * @param lag how long a new target waits for all replicas to learn of it
 * @param minMembers the coordinator gives out no targets before so many replicas are there
 * @param minMembersWait how long at most; 0 for ever
 * @param rebalance how often costs that have changed may move targets
 */
public record Timing(
        long heartbeat,
        long detection,
        long lease,
        long handover,
        long lag,
        int minMembers,
        long minMembersWait,
        long rebalance) {

    public static Timing of(Duration detection, Duration lease, int minMembers, Duration minMembersWait) {
        return new Timing(
                Math.min(lease.toNanos() / 16, detection.toNanos() / 4),
                detection.toNanos(),
                lease.toNanos(),
                Duration.ofSeconds(45).toNanos(),
                Duration.ofSeconds(1).toNanos(),
                minMembers,
                minMembersWait.toNanos(),
                Duration.ofMinutes(1).toNanos());
    }

    /** How long after a replica's last sign of life its lease has surely expired, on a clock up to 5 % faster. */
    long expiry() {
        return lease + lease / 10;
    }
}
