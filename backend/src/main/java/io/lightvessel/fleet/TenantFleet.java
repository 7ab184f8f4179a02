package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.wire.InstanceUid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The agents of one tenant in memory; there is no way from here to another's. */
final class TenantFleet {
    private final TenantId tenant;
    private final Map<AgentId, LiveAgent> agents = new ConcurrentHashMap<>();
    private final Map<InstanceUid, LiveAgent> byUid = new ConcurrentHashMap<>();

    TenantFleet(TenantId tenant) {
        this.tenant = tenant;
    }

    TenantId tenant() {
        return tenant;
    }

    /** Adds an agent, or returns the one with its id that is there already. */
    LiveAgent add(LiveAgent agent) {
        LiveAgent present = agents.putIfAbsent(agent.id(), agent);
        if (present != null) {
            return present;
        }
        byUid.put(agent.uid(), agent);
        return agent;
    }

    @Nullable
    LiveAgent find(AgentId id) {
        return agents.get(id);
    }

    @Nullable
    LiveAgent find(InstanceUid uid) {
        return byUid.get(uid);
    }

    void changeUid(LiveAgent agent, InstanceUid uid) {
        byUid.remove(agent.uid(), agent);
        agent.uid(uid);
        byUid.put(uid, agent);
    }

    void remove(LiveAgent agent) {
        agents.remove(agent.id());
        byUid.remove(agent.uid(), agent);
    }

    Collection<LiveAgent> all() {
        return agents.values();
    }

    List<LiveAgent> in(ClusterId cluster) {
        return agents.values().stream()
                .filter(agent -> agent.cluster().equals(cluster))
                .toList();
    }
}
