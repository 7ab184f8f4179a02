package io.lightvessel.pipeline;

import java.util.List;

/** An extension that shares work between replicas, and can say how. */
public interface ClusterMember {

    Status clusterStatus();

    /**
     * How this replica sees the others.
     *
     * @param self this replica's name
     * @param view the number of the view in force; replicas that agree have the same
     */
    record Status(String self, long view, Phase phase, List<Member> members) {

        public Status {
            members = List.copyOf(members);
        }
    }

    /** What the replica is doing as a member. */
    enum Phase {
        /** It looks for the others or waits for enough of them. */
        JOINING,
        /** Every target it knows has its owner. */
        SETTLED,
        /** Targets are on the way from one owner to another. */
        MOVING,
        /** It may be cut off, so it scrapes nothing. */
        FENCED
    }

    /**
     * One replica.
     *
     * @param load its part of the work, 1.0 being the average
     */
    record Member(String name, String address, boolean coordinator, int targets, double load) {}
}
