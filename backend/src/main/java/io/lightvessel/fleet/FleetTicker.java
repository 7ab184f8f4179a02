package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Once a second: notices what time alone changes, stores what is new, and tells whoever looks at the fleet. */
@Component
class FleetTicker implements SmartLifecycle {
    private static final Actor SELF = Actor.system("fleet");
    private static final Logger log = LoggerFactory.getLogger(FleetTicker.class);

    private final AgentRegistry registry;
    private final AgentStore store;
    private final DesiredConfigs desired;
    private final FleetSettings settings;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService timer;

    FleetTicker(
            AgentRegistry registry,
            AgentStore store,
            DesiredConfigs desired,
            FleetSettings settings,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registry = registry;
        this.store = store;
        this.desired = desired;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    private void tick() {
        for (TenantFleet fleet : registry.loaded()) {
            try {
                tick(fleet);
            } catch (RuntimeException e) {
                log.error(
                        "fleet of tenant {}: state could not be brought up to date",
                        fleet.tenant().value(),
                        e);
            }
        }
    }

    private void tick(TenantFleet fleet) {
        Instant now = clock.instant();
        List<LiveAgent> unsaved = new ArrayList<>();
        List<AgentRow> rows = new ArrayList<>();
        Map<ClusterId, Set<AgentId>> changed = new HashMap<>();
        for (LiveAgent agent : fleet.all()) {
            Outlet silent = agent.dropIfSilent(now);
            if (silent != null) {
                log.info("agent {}: silent for too long, connection dropped", agent.id());
                Thread.startVirtualThread(() -> silent.close(1001, "no message for too long"));
            }
            agent.view(desired.find(agent.tenant(), agent.cluster(), agent.role()), now, settings.disconnectGrace());
            AgentRow row = agent.takeUnsaved(now);
            if (row != null) {
                unsaved.add(agent);
                rows.add(row);
            }
            if (agent.takeChanged()) {
                changed.computeIfAbsent(agent.cluster(), _ -> new HashSet<>()).add(agent.id());
            }
        }
        if (!rows.isEmpty()) {
            TenantScope.run(fleet.tenant(), SELF, () -> save(unsaved, rows));
        }
        changed.forEach((cluster, agents) -> events.publishEvent(new AgentChanged(fleet.tenant(), cluster, agents)));
    }

    private void save(List<LiveAgent> agents, List<AgentRow> rows) {
        try {
            store.update(rows);
        } catch (DataIntegrityViolationException e) {
            // One row the database refuses must not keep the others from being stored.
            rows.forEach(this::saveAlone);
        } catch (DataAccessException e) {
            agents.forEach(LiveAgent::markUnsaved);
            throw e;
        }
    }

    private void saveAlone(AgentRow row) {
        try {
            store.update(List.of(row));
        } catch (DataIntegrityViolationException e) {
            log.error("agent {}: what it reported could not be stored", row.id(), e);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("fleet-ticker").daemon().factory());
        started.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        timer = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        if (running == null) {
            return;
        }
        timer = null;
        running.shutdown();
        try {
            if (!running.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("fleet: the last state may not have been stored");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tick();
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
