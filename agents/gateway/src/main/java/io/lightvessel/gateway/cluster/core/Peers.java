package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.core.Message.Hello;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who can be reached, as the transport says, and what each of them said of itself last. */
final class Peers {

    private record Heard(Hello hello, long at) {}

    private final MemberId self;
    private Set<MemberId> reachable = Set.of();
    private int expected;
    private final Map<MemberId, Heard> heard = new LinkedHashMap<>();

    Peers(MemberId self) {
        this.self = self;
    }

    /** @param expectedReplicas how many addresses discovery names, this replica's among them; 0 when unknown */
    void changed(Set<MemberId> nowReachable, int expectedReplicas) {
        reachable = new LinkedHashSet<>(nowReachable);
        expected = expectedReplicas;
        heard.keySet().retainAll(reachable);
    }

    void heard(long now, MemberId from, Hello hello) {
        if (reachable.contains(from) && hello.self().id().equals(from)) {
            heard.put(from, new Heard(hello, now));
        }
    }

    boolean isReachable(MemberId id) {
        return id.equals(self) || reachable.contains(id);
    }

    Set<MemberId> reachable() {
        return reachable;
    }

    int expected() {
        return expected;
    }

    /** What those said that are in reach and spoke within that time. */
    Map<MemberId, Hello> recent(long now, long within) {
        Map<MemberId, Hello> recent = new HashMap<>();
        for (Iterator<Map.Entry<MemberId, Heard>> each = heard.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<MemberId, Heard> entry = each.next();
            if (now - entry.getValue().at() <= within) {
                recent.put(entry.getKey(), entry.getValue().hello());
            }
        }
        return recent;
    }

    @Nullable
    Hello last(MemberId id) {
        Heard known = heard.get(id);
        return known == null ? null : known.hello();
    }
}
