package io.lightvessel.gateway.cluster.core;

/** How one member stands with the coordinator. */
final class Follower {
    final Link commands;
    /** It has told all it has. */
    boolean ready;

    boolean leaving;
    /** It was told who owns what, and hears of changes since. */
    boolean told;

    boolean farewell;

    Follower(Link commands) {
        this.commands = commands;
    }

    /** Whether it can take something on, be it only to pass it on. */
    boolean isThere() {
        return ready && !farewell;
    }
}
