package io.lightvessel.agent;

import io.lightvessel.agent.state.IdentityStore;
import io.lightvessel.agent.state.StateDirectory;
import io.lightvessel.wire.InstanceUid;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs the agent from a config file. */
final class LocalMode {
    private static final Duration COMPARE_EVERY = Duration.ofSeconds(5);

    private LocalMode() {}

    static void run(Command.RunLocal command, Map<String, String> environment, Clock clock)
            throws InterruptedException {
        if (command.state() == null) {
            run(command, null, environment, clock);
            return;
        }
        try (StateDirectory state = StateDirectory.open(command.state())) {
            run(command, state, environment, clock);
        }
    }

    private static void run(
            Command.RunLocal command, @Nullable StateDirectory state, Map<String, String> environment, Clock clock)
            throws InterruptedException {
        InstanceUid fresh = InstanceUid.mint(clock, new SecureRandom());
        InstanceUid uid = state == null ? fresh : new IdentityStore(state).loadOrCreate(() -> fresh);
        Identity identity = new Identity(uid, command.name(), Optional.empty(), Optional::empty, environment);
        AtomicReference<@Nullable LocalConfig> running = new AtomicReference<>();
        try (AgentProcess process = new AgentProcess(
                        identity,
                        environment,
                        state == null ? null : state.storage(),
                        () -> Map.of("config", problem(running.get())),
                        clock);
                LocalConfig config = new LocalConfig(command.config(), process.engine(), COMPARE_EVERY)) {
            running.set(config);
            process.announce();
            if (state != null) {
                process.drainOnRequest(state);
            }
            config.start();
            Signals.onHangup(config::reload);
            process.awaitStop();
        }
    }

    private static Optional<String> problem(@Nullable LocalConfig config) {
        return config == null ? Optional.of("not read yet") : config.problem();
    }
}
