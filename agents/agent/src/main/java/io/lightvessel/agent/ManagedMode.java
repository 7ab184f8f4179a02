package io.lightvessel.agent;

import io.lightvessel.agent.link.ControlLink;
import io.lightvessel.agent.link.LinkTiming;
import io.lightvessel.agent.link.RemoteConfigs;
import io.lightvessel.agent.state.ConfigStore;
import io.lightvessel.agent.state.ConnectionStore;
import io.lightvessel.agent.state.IdentityStore;
import io.lightvessel.agent.state.StateDirectory;
import io.lightvessel.wire.InstanceUid;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the agent under a control plane. */
final class ManagedMode {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedMode.class);

    private ManagedMode() {}

    static void run(Command.RunManaged command, Map<String, String> environment, Clock clock)
            throws InterruptedException {
        SecureRandom random = new SecureRandom();
        try (StateDirectory state = StateDirectory.open(command.state())) {
            IdentityStore identities = new IdentityStore(state);
            InstanceUid uid = identities.loadOrCreate(() -> InstanceUid.mint(clock, random));
            ConnectionStore connections = new ConnectionStore(state);
            Identity identity = new Identity(
                    uid,
                    command.name(),
                    Optional.of(command.role().wireName()),
                    () -> connections
                            .current()
                            .flatMap(c -> Optional.ofNullable(c.trust()).map(t -> t.cluster())),
                    environment);
            AtomicReference<@Nullable ControlLink> running = new AtomicReference<>();
            try (AgentProcess process = new AgentProcess(
                    identity,
                    environment,
                    state.storage(),
                    () -> Map.of("control_plane", problem(running.get())),
                    clock)) {
                RemoteConfigs configs =
                        new RemoteConfigs(new ConfigStore(state), connections, command.role(), process.engine(), clock);
                ControlLink link = new ControlLink(
                        command.controlPlane(),
                        command.token(),
                        connections,
                        identities,
                        uid,
                        configs,
                        process.engine(),
                        LinkTiming.standard(),
                        clock,
                        random);
                LOG.info(
                        "agent {} ({}) of role {} starts",
                        command.name(),
                        uid,
                        command.role().wireName());
                process.drainOnRequest(state);
                process.announce();
                configs.startFromDisk();
                running.set(link);
                link.start();
                process.awaitStop();
                process.engine().close();
                link.close();
            }
        }
    }

    private static Optional<String> problem(@Nullable ControlLink link) {
        return link == null ? Optional.of("not connected yet") : link.problem();
    }
}
