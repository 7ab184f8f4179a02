package io.lightvessel.pipeline;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the health of one component and tells the engine when it changes. */
final class HealthCell implements HealthReporter {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCell.class);

    private record State(ComponentStatus status, @Nullable String error, Instant since) {}

    private final String name;
    private final Timer timer;
    private final Runnable changed;
    private final AtomicReference<State> state;

    HealthCell(String name, Timer timer, Runnable changed) {
        this.name = name;
        this.timer = timer;
        this.changed = changed;
        this.state = new AtomicReference<>(new State(ComponentStatus.STARTING, null, timer.now()));
    }

    @Override
    public void ok() {
        become(ComponentStatus.OK, null);
    }

    @Override
    public void ok(String remark) {
        become(ComponentStatus.OK, remark);
    }

    @Override
    public void recoverable(String error) {
        become(ComponentStatus.RECOVERABLE_ERROR, error);
    }

    @Override
    public void broken(String error) {
        become(ComponentStatus.PERMANENT_ERROR, error);
    }

    /** A component that has not said anything by the time it runs is taken to be well. */
    void started() {
        State before = state.get();
        if (before.status == ComponentStatus.STARTING
                && state.compareAndSet(before, new State(ComponentStatus.OK, null, timer.now()))) {
            changed.run();
        }
    }

    private void become(ComponentStatus status, @Nullable String error) {
        State before;
        State after;
        do {
            before = state.get();
            if (before.status == status && Objects.equals(before.error, error)) {
                return;
            }
            after = new State(status, error, before.status == status ? before.since : timer.now());
        } while (!state.compareAndSet(before, after));
        if (before.status != status || status == ComponentStatus.OK && error != null) {
            log(status, error);
        }
        changed.run();
    }

    private void log(ComponentStatus status, @Nullable String error) {
        if (status.isHealthy()) {
            LOG.info("{}: works{}", name, error == null ? "" : ", but " + error);
        } else {
            LOG.warn("{}: {}", name, error);
        }
    }

    ComponentHealth health() {
        State now = state.get();
        return ComponentHealth.leaf(now.status, now.error, now.since);
    }
}
