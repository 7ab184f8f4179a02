package io.lightvessel.gateway.net.http;

import io.lightvessel.gateway.net.NameResolver;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where connections lead to and for how long.
 *
 * @param names looks up the addresses of hosts
 * @param oldest the age at which a connection is used no more, so that the name is looked up again
 */
public record ConnectionRules(NameResolver names, Duration oldest) {
    /** Long enough for handshakes not to count, short enough for new replicas to get their share soon. */
    public static final ConnectionRules DEFAULT = new ConnectionRules(NameResolver.SYSTEM, Duration.ofMinutes(1));

    /** The age for one connection: those that began together must not end together. */
    Duration life() {
        long most = oldest.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most * 3 / 4, most + 1));
    }
}
