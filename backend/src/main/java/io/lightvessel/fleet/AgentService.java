package io.lightvessel.fleet;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.ClusterDeleted;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.stack.AgentCensus;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** The agents of the tenant in scope, as they are this moment. */
@Service
public class AgentService implements AgentCensus {
    private static final Comparator<Agent> ORDER = Comparator.comparing(AgentService::key);

    private final AgentRegistry registry;
    private final AgentStore store;
    private final DesiredConfigs desired;
    private final ClusterService clusters;
    private final FleetSettings settings;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    AgentService(
            AgentRegistry registry,
            AgentStore store,
            DesiredConfigs desired,
            ClusterService clusters,
            FleetSettings settings,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.registry = registry;
        this.store = store;
        this.desired = desired;
        this.clusters = clusters;
        this.settings = settings;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Agents that match, by name. */
    @Requires(Permission.AGENT_READ)
    public Page<Agent> list(AgentFilter filter, PageRequest request) {
        String after = request.after() == null ? "" : request.after();
        List<Agent> rows = matching(filter)
                .filter(agent -> key(agent).compareTo(after) > 0)
                .sorted(ORDER)
                .limit(request.size() + 1L)
                .toList();
        return Page.of(rows, request, AgentService::key);
    }

    @Requires(Permission.AGENT_READ)
    public AgentCounts count(AgentFilter filter) {
        Map<HealthStatus, Integer> byHealth = new EnumMap<>(HealthStatus.class);
        Map<ConfigStatus, Integer> byConfig = new EnumMap<>(ConfigStatus.class);
        List<Agent> agents = matching(filter).toList();
        for (Agent agent : agents) {
            byHealth.merge(agent.health().status(), 1, Integer::sum);
            byConfig.merge(agent.config().status(), 1, Integer::sum);
        }
        return new AgentCounts(agents.size(), Map.copyOf(byHealth), Map.copyOf(byConfig));
    }

    /** All agents of a cluster, by name. */
    @Requires(Permission.AGENT_READ)
    public List<Agent> inCluster(ClusterId cluster) {
        return fleet().in(cluster).stream().map(this::view).sorted(ORDER).toList();
    }

    @Requires(Permission.AGENT_READ)
    public Agent get(AgentId id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    @Requires(Permission.AGENT_READ)
    public Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(registry.find(TenantScope.tenant(), id)).map(this::view);
    }

    /** Where the telemetry of a cluster's agents comes from and goes to. */
    @Requires(Permission.AGENT_READ)
    public List<AgentFlow> flows(ClusterId cluster) {
        Instant now = clock.instant();
        return fleet().in(cluster).stream()
                .map(agent -> agent.flow(desired(agent), now, settings.disconnectGrace()))
                .sorted(Comparator.comparing(AgentFlow::agent, ORDER))
                .toList();
    }

    /** Deletes an agent; its credential goes with it and its connection is closed. */
    @Transactional
    @Requires(Permission.AGENT_DELETE)
    public void forget(AgentId id) {
        TenantId tenant = TenantScope.tenant();
        LiveAgent agent = registry.find(tenant, id);
        if (agent == null || !store.delete(id)) {
            throw notFound(id);
        }
        audit.deleted("agent.delete", "agent/" + id, Map.of("name", view(agent).name()));
        events.publishEvent(new AgentForgotten(tenant, agent.cluster(), id));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void forgotten(AgentForgotten event) {
        LiveAgent agent = registry.of(event.tenant()).find(event.agent());
        if (agent != null) {
            remove(agent, "the agent was deleted from the fleet");
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void clusterDeleted(ClusterDeleted event) {
        desired.deleted(event);
        registry.of(event.tenant()).in(event.cluster()).forEach(agent -> remove(agent, "the cluster was deleted"));
    }

    private void remove(LiveAgent agent, String reason) {
        registry.of(agent.tenant()).remove(agent);
        events.publishEvent(new AgentChanged(agent.tenant(), agent.cluster(), Set.of(agent.id())));
        Outlet outlet = agent.outlet();
        if (outlet != null) {
            Thread.startVirtualThread(() -> outlet.close(1008, reason));
        }
    }

    @Override
    @Requires(Permission.AGENT_READ)
    public int enrolled(ClusterId cluster, AgentRole role) {
        return (int) fleet().in(cluster).stream()
                .filter(agent -> agent.role() == role)
                .count();
    }

    @Override
    @Requires(Permission.AGENT_READ)
    public int connected(ClusterId cluster, AgentRole role) {
        return (int) fleet().in(cluster).stream()
                .filter(agent -> agent.role() == role && agent.outlet() != null)
                .count();
    }

    private Stream<Agent> matching(AgentFilter filter) {
        Map<ClusterId, String> slugs = new HashMap<>();
        Collection<LiveAgent> all = fleet().all();
        return all.stream()
                .map(this::view)
                .filter(agent -> filter.matches(agent, slugs.computeIfAbsent(agent.cluster(), this::slug)));
    }

    private String slug(ClusterId cluster) {
        return clusters.find(cluster).map(found -> found.slug()).orElse("");
    }

    private TenantFleet fleet() {
        return registry.of(TenantScope.tenant());
    }

    private Agent view(LiveAgent agent) {
        return agent.view(desired(agent), clock.instant(), settings.disconnectGrace());
    }

    private @Nullable DesiredConfig desired(LiveAgent agent) {
        return desired.find(agent.tenant(), agent.cluster(), agent.role());
    }

    // The id makes names that occur twice distinct, and the order total.
    private static String key(Agent agent) {
        return agent.name() + '\0' + agent.id();
    }

    private static LightvesselException notFound(AgentId id) {
        return new LightvesselException(FleetError.AGENT_NOT_FOUND, "There is no agent " + id + " in this tenant.");
    }
}
