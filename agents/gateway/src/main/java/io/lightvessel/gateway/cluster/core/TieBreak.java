package io.lightvessel.gateway.cluster.core;

/** What decides when exactly half of a view's members can reach each other. */
public enum TieBreak {
    /** The half with the member that made the view goes on. */
    COORDINATOR,
    /** The half that an {@link Arbiter} names goes on. */
    ARBITER
}
