package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds agents in memory; a tenant's are fetched from the database when it is first asked about. */
@Component
public class AgentRegistry {
    private static final Actor SELF = Actor.system("fleet");

    private final AgentStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<TenantId, TenantFleet> fleets = new ConcurrentHashMap<>();

    AgentRegistry(AgentStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    TenantFleet of(TenantId tenant) {
        TenantFleet known = fleets.get(tenant);
        return known != null ? known : fleets.computeIfAbsent(tenant, this::load);
    }

    Collection<TenantFleet> loaded() {
        return fleets.values();
    }

    private TenantFleet load(TenantId tenant) {
        TenantFleet fleet = new TenantFleet(tenant);
        Instant now = clock.instant();
        TenantScope.call(tenant, SELF, store::load).forEach(row -> fleet.add(new LiveAgent(tenant, row, now)));
        return fleet;
    }

    /** The agent with this id, which may have been let in a moment ago by a transaction that committed since. */
    @Nullable
    LiveAgent find(TenantId tenant, AgentId id) {
        TenantFleet fleet = of(tenant);
        LiveAgent known = fleet.find(id);
        if (known != null) {
            return known;
        }
        Instant now = clock.instant();
        return TenantScope.call(tenant, SELF, () -> store.load(id)).stream()
                .findFirst()
                .map(row -> fleet.add(new LiveAgent(tenant, row, now)))
                .orElse(null);
    }

    /** Agent and cluster that go by an instance uid, which is what makes a returning agent known. */
    public Optional<Known> byUid(TenantId tenant, InstanceUid uid) {
        return Optional.ofNullable(of(tenant).find(uid)).map(agent -> new Known(agent.id(), agent.cluster()));
    }

    /** An agent that is there already. */
    public record Known(AgentId agent, ClusterId cluster) {}

    public InstanceUid mintUid() {
        return InstanceUid.mint(clock, random);
    }

    /**
     * Changes the instance uid an agent goes by.
     *
     * @param wanted null for a new one
     * @return the one it goes by from now on: a new one, too, when the wanted one belongs to another agent
     */
    InstanceUid changeUid(LiveAgent agent, @Nullable InstanceUid wanted) {
        TenantFleet fleet = of(agent.tenant());
        LiveAgent owner = wanted == null ? null : fleet.find(wanted);
        InstanceUid agreed = wanted == null || (owner != null && owner != agent) ? mintUid() : wanted;
        TenantScope.run(agent.tenant(), SELF, () -> store.changeUid(agent.id(), agreed));
        fleet.changeUid(agent, agreed);
        return agreed;
    }

    /** Writes a new agent down, in the caller's transaction and tenant; it comes alive with its first message. */
    public AgentId register(ClusterId cluster, InstanceUid uid, String name, @Nullable AgentRole role) {
        AgentId id = AgentId.mint(random);
        store.insert(AgentRow.enrolled(id, cluster, uid, name, role, clock.instant()));
        return id;
    }
}
