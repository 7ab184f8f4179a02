package io.lightvessel.fleet;

import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.stack.StackReleased;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.opamp.AgentRemoteConfig;
import io.lightvessel.wire.opamp.ServerToAgent;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Brings every agent what it should run: when it connects, and when the stack changes. */
@Component
class ConfigDelivery {
    private static final Logger log = LoggerFactory.getLogger(ConfigDelivery.class);

    private final AgentRegistry registry;
    private final DesiredConfigs desired;
    private final ConfigOffers offers;
    private final Clock clock;
    private final ExecutorService pushers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("config-push-", 0).factory());

    ConfigDelivery(AgentRegistry registry, DesiredConfigs desired, ConfigOffers offers, Clock clock) {
        this.registry = registry;
        this.desired = desired;
        this.offers = offers;
        this.clock = clock;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void push(StackReleased released) {
        // Elsewhere: the thread that released it still has its transaction's connection.
        pushers.execute(() -> {
            desired.released(released.tenant(), released.revision());
            for (LiveAgent agent :
                    registry.of(released.tenant()).in(released.revision().cluster())) {
                pushers.execute(() -> pushIfDue(agent));
            }
        });
    }

    /** Sends the agent what it should run, if it does not and can be reached. */
    void pushIfDue(LiveAgent agent) {
        // One at a time for an agent, or an older offer could overtake a newer one.
        synchronized (agent.deliveries()) {
            Outlet outlet = agent.outlet();
            if (outlet == null || outlet.transport() != TransportKind.WEBSOCKET) {
                return;
            }
            AgentRemoteConfig offer = due(agent);
            if (offer != null
                    && !outlet.push(ServerToAgent.newBuilder()
                            .setInstanceUid(agent.uid().toBytes())
                            .setRemoteConfig(offer)
                            .build())) {
                agent.returnOffer();
            }
        }
    }

    /** What the agent is to be offered in the answer to its message; null when nothing is due. */
    @Nullable
    AgentRemoteConfig due(LiveAgent agent) {
        AgentRole role = agent.role();
        DesiredConfig config = desired.find(agent.tenant(), agent.cluster(), role);
        if (role == null || config == null || !agent.takeOffer(config, clock.instant())) {
            return null;
        }
        try {
            log.info("agent {}: offered revision {}", agent.id(), config.revision());
            return offers.offer(agent, role, config);
        } catch (RuntimeException e) {
            agent.returnOffer();
            throw e;
        }
    }

    @PreDestroy
    void stop() {
        pushers.shutdownNow();
    }
}
