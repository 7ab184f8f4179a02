package io.lightvessel.agent.link;

import io.lightvessel.agent.state.ConnectionSettings;
import io.lightvessel.agent.state.ConnectionStore;
import io.lightvessel.agent.state.IdentityStore;
import io.lightvessel.agent.state.StateException;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.Token;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the agent connected to its control plane, whatever happens to either, on one thread of its own. */
public final class ControlLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLink.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final RemoteConfigs configs;
    private final AgentReports reports;
    private final Credentials credentials;
    private final IdentityStore identity;
    private final LinkTiming timing;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Transport transport;
    private final Thread thread;
    private volatile Optional<String> problem = Optional.of("not connected yet");

    /**
     * Fails when there is neither a credential on disk nor a token.
     *
     * @param token for enrolment, null when the agent is enrolled already
     */
    public ControlLink(
            URI server,
            @Nullable Token token,
            ConnectionStore connections,
            IdentityStore identity,
            InstanceUid uid,
            RemoteConfigs configs,
            ManagedEngine engine,
            LinkTiming timing,
            Clock clock,
            RandomGenerator random) {
        this.configs = configs;
        this.identity = identity;
        this.timing = timing;
        this.random = random;
        this.backoff = new Backoff(timing.backoffBase(), timing.backoffCap(), random);
        this.credentials = new Credentials(connections, server, token);
        if (credentials.next().isEmpty()) {
            throw new IllegalArgumentException("this agent is not enrolled yet and has no enrolment token"
                    + " (expected: --token, --token-file or LIGHTVESSEL_ENROLLMENT_TOKEN)");
        }
        this.reports = new AgentReports(engine, configs, uid);
        this.transport = new Transport(clock, events::add);
        this.thread = Thread.ofPlatform().name("control-link").unstarted(this::run);
    }

    public void start() {
        configs.onChange(() -> events.add(new LinkEvent.ConfigChanged()));
        thread.start();
    }

    /** Why there is no connection now, or empty while there is one. */
    public Optional<String> problem() {
        return problem;
    }

    /** Says goodbye to the server if it is there; does not wait long if it is not. */
    @Override
    public void close() {
        events.add(new LinkEvent.Stop());
        try {
            if (!thread.join(STOP_TIMEOUT)) {
                LOG.warn("the control plane took no goodbye within {} s", STOP_TIMEOUT.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stoppedWhile(pause)) {
                pause = tryToConnect();
            }
        } catch (InterruptedException e) {
            LOG.debug("the control link was interrupted");
        }
    }

    /** A full disk or an error of our own must not end the link for good: telemetry goes on and so does it, later. */
    private Duration tryToConnect() throws InterruptedException {
        try {
            return connectOnce();
        } catch (StateException e) {
            report(String.valueOf(e.getMessage()), timing.refusedDelay());
            return timing.refusedDelay();
        } catch (RuntimeException e) {
            LOG.error(
                    "the control link failed, trying again in {} s",
                    timing.refusedDelay().toSeconds(),
                    e);
            problem = Optional.of("internal error: " + e);
            return timing.refusedDelay();
        }
    }

    /** Connects and stays as long as it lasts; returns how long to wait before the next attempt. */
    private Duration connectOnce() throws InterruptedException {
        Credentials.Attempt attempt = credentials.next().orElseThrow();
        try {
            Connection connection = transport.connect(attempt.uri(), attempt.headers());
            credentials.connected();
            LOG.info("connected to the control plane with {}", attempt);
            problem = Optional.empty();
            long began = System.nanoTime();
            SessionEnd end = new Session(
                            connection, events, reports, configs, new SettingsOffers(credentials), identity, timing)
                    .run();
            if (System.nanoTime() - began > timing.stable().toNanos()) {
                backoff.reset();
            }
            return after(end, attempt);
        } catch (HandshakeRefused e) {
            return after(e, attempt);
        } catch (IOException e) {
            credentials
                    .unreachable()
                    .ifPresent(dropped -> giveUp(dropped, "no connection with them: " + ConnectFailure.sentence(e)));
            Duration pause = backoff.next();
            report("cannot reach the control plane at " + attempt.uri() + ": " + ConnectFailure.sentence(e), pause);
            return pause;
        }
    }

    private Duration after(SessionEnd end, Credentials.Attempt attempt) {
        return switch (end) {
            case SessionEnd.Stopped() -> {
                problem = Optional.of("stopped");
                events.add(new LinkEvent.Stop());
                yield Duration.ZERO;
            }
            case SessionEnd.SettingsOffered() -> Duration.ZERO;
            case SessionEnd.Lost(String reason) -> {
                Duration pause = backoff.next();
                report("connection to the control plane lost: " + reason, pause);
                yield pause;
            }
            case SessionEnd.Expelled(String reason) -> refused(reason, null, attempt);
            case SessionEnd.Throttled(Duration retryAfter, String reason) -> {
                Duration pause = withJitter(retryAfter);
                report("the control plane asks to wait: " + reason, pause);
                yield pause;
            }
        };
    }

    private Duration after(HandshakeRefused refused, Credentials.Attempt attempt) {
        Duration retryAfter = refused.retryAfter();
        if (!refused.isAboutThisAgent()) {
            Duration pause = retryAfter == null ? backoff.next() : withJitter(retryAfter);
            report("the control plane does not take connections now: " + refused.getMessage(), pause);
            return pause;
        }
        return refused(refused.problem().sentence(), retryAfter, attempt);
    }

    /** A refusal is not retried at once: nothing changes until somebody does something. */
    private Duration refused(String reason, @Nullable Duration retryAfter, Credentials.Attempt attempt) {
        Optional<ConnectionSettings> dropped = credentials.refused();
        if (dropped.isPresent()) {
            giveUp(dropped.get(), reason);
            return backoff.next();
        }
        if (attempt.origin() == Credentials.Origin.CREDENTIAL && credentials.hasFreshToken()) {
            LOG.warn("the control plane refused the agent's credential: {}; enrolling anew", reason);
            return Duration.ZERO;
        }
        Duration pause = timing.refusedDelay().plus(upTo(timing.refusedDelay()));
        report("the control plane refused " + attempt.label() + ": " + reason, pause);
        return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    }

    private void giveUp(ConnectionSettings dropped, @Nullable String reason) {
        LOG.error("the offered connection settings do not work, back to those before: {}", reason);
        reports.rememberConnectionStatus(SettingsOffers.failed(dropped, String.valueOf(reason)));
    }

    private void report(String what, Duration pause) {
        problem = Optional.of(what);
        LOG.warn("{}; next attempt in {} s", what, String.format("%.1f", pause.toMillis() / 1000.0));
    }

    /** Waits; events of connections given up are dropped, a stop ends it. */
    private boolean stoppedWhile(Duration pause) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        while (true) {
            LinkEvent event = events.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event instanceof LinkEvent.Stop) {
                return true;
            }
            if (event == null) {
                return false;
            }
        }
    }

    private Duration withJitter(Duration wait) {
        return wait.plus(upTo(wait.dividedBy(4)));
    }

    private Duration upTo(Duration bound) {
        return Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
    }
}
