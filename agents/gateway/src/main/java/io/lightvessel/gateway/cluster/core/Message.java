package io.lightvessel.gateway.cluster.core;

import org.jspecify.annotations.Nullable;

/** What replicas say to each other. Any of it may be lost, doubled, late or out of order. */
public sealed interface Message {

    /** How a replica stands. */
    enum Standing {
        /** Belongs to no view: looks for a cluster, or founds one. */
        FRESH,
        /** Belongs to a view and has a lease. */
        MEMBER,
        /** Belongs to a view but has no lease: it is cut off from its quorum. */
        CUT_OFF
    }

    /**
     * Told to everyone in reach once in a while.
     *
     * @param lineage 0 when fresh
     * @param leading whether the sender is the coordinator, with a lease
     */
    record Hello(Member self, Standing standing, long lineage, long view, int size, boolean leading)
            implements Message {}

    /**
     * Asks for a vote to become coordinator.
     *
     * @param trial only asks whether it would be given, so that nobody who cannot win disturbs the others
     */
    record Ballot(long term, boolean trial, Config config) implements Message {}

    /**
     * @param term of the ballot
     * @param promised the highest term the voter knows
     * @param acknowledged how long ago the voter last acknowledged another coordinator; -1 when it never did
     */
    record Vote(long term, boolean trial, boolean granted, long promised, long acknowledged) implements Message {}

    /**
     * The coordinator's heartbeat.
     *
     * @param round counts the coordinator's heartbeats in this term
     * @param generation rises when the receiver's lease has run out: whatever it had is no longer its own
     * @param echo the receiver's own time in its last acknowledgement
     * @param confirmed the highest round that a quorum has acknowledged
     * @param retiring the coordinator leaves and wants a successor
     */
    record Renew(long term, long round, long generation, long echo, long confirmed, Config config, boolean retiring)
            implements Message {}

    /** @param stamp the sender's time */
    record Ack(long term, long round, long stamp) implements Message {}

    /** The receiver's term is over. */
    record Refused(long promised) implements Message {}

    /** The sender holds nothing any more and is about to end. */
    record Goodbye() implements Message {}

    /** One of an ordered, repeated series. */
    record Frame(Channel channel, long session, long number, Content content) implements Message {}

    /** @param upTo the last number that arrived in order */
    record FrameAck(Channel channel, long session, long upTo) implements Message {}

    /** The series there are between two replicas in one direction. */
    enum Channel {
        /** Coordinator to member. */
        COMMANDS,
        /** Member to coordinator. */
        REPORTS,
        /** Former owner to next one. */
        HANDOVER
    }

    /** Null-safe for logs. */
    static String name(@Nullable Message message) {
        return message == null ? "nothing" : message.getClass().getSimpleName();
    }
}
