package io.lightvessel.gateway.cluster.jgroups;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When to try addresses that nobody answers at: at once, then after twice as long each time, up to a limit. What discovery
 * says anew is tried at once again, all of it: a pod may come back under an address that was given up.
 */
final class Attempts {

    /** @param pause after which the address is due again */
    private record Try(long due, long pause) {}

    private final long first;
    private final long longest;
    private final Map<InetSocketAddress, Try> tries = new HashMap<>();
    private Set<InetSocketAddress> named = Set.of();

    /** @param first the shortest pause in nanoseconds, as are all times here */
    Attempts(long first, long longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * Those that are to be tried now, and count as tried then.
     *
     * @param all what discovery names
     * @param absent those of them that are not of the view
     */
    List<InetSocketAddress> due(Collection<InetSocketAddress> all, Collection<InetSocketAddress> absent, long now) {
        Set<InetSocketAddress> answer = Set.copyOf(all);
        if (!answer.equals(named)) {
            named = answer;
            tries.clear();
        }
        // Whoever was there and goes is looked for at once.
        tries.keySet().retainAll(new HashSet<>(absent));
        List<InetSocketAddress> due = new ArrayList<>();
        for (InetSocketAddress address : absent) {
            Try before = tries.get(address);
            if (before == null || now - before.due() >= 0) {
                long pause = before == null ? first : Math.min(longest, before.pause() * 2);
                tries.put(address, new Try(now + pause, pause));
                due.add(address);
            }
        }
        return due;
    }
}
