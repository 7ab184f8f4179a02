package io.lightvessel.access;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Every hour forgets the requests with an Idempotency-Key that are too old, whoever's they are. */
@Component
class IdempotencySweep implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IdempotencySweep.class);

    private final IdempotentRequests requests;
    private volatile @Nullable ScheduledExecutorService timer;

    IdempotencySweep(IdempotentRequests requests) {
        this.requests = requests;
    }

    private void sweep() {
        try {
            long gone = requests.forgetOld();
            log.debug("idempotency: {} answers forgotten", gone);
        } catch (RuntimeException e) {
            log.warn("idempotency: old answers could not be forgotten, the next try is in an hour", e);
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("idempotency-sweep").daemon().factory());
        started.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
        timer = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        if (running != null) {
            timer = null;
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
