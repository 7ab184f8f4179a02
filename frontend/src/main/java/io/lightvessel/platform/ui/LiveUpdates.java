package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import io.lightvessel.tenancy.TenantId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Brings changes to open screens. However many changes there are, a screen is refreshed at most once a second, and never
 * again while an earlier refresh still waits for its session.
 */
@org.springframework.stereotype.Component
public class LiveUpdates implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(LiveUpdates.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Set<LiveScreen> screens = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("console-live").factory());

    LiveUpdates() {
        beat.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Runs {@code refresh} in the screen's session when something of the tenant changed and, because rates change without
     * an event, at every {@code interval}. Ends when the component is detached.
     */
    public void follow(Component component, TenantId tenant, Duration interval, Refresh refresh) {
        UI ui = component.getUI().orElseThrow(() -> new IllegalStateException("the component is not attached"));
        LiveScreen screen = new LiveScreen(ui, tenant, interval, refresh);
        screens.add(screen);
        Registration[] detach = new Registration[1];
        detach[0] = component.addDetachListener(event -> {
            screens.remove(screen);
            detach[0].remove();
        });
    }

    /** Something of the tenant changed; its open screens are refreshed with the next beat. */
    public void changed(TenantId tenant) {
        for (LiveScreen screen : screens) {
            screen.changed(tenant);
        }
    }

    private void beat() {
        for (LiveScreen screen : screens) {
            try {
                screen.refreshIfDue(System.nanoTime());
            } catch (UIDetachedException e) {
                // Closed without a detach event, as when its session expired.
                screens.remove(screen);
            } catch (RuntimeException e) {
                // Thrown out of a scheduled task it would end the updates of everybody.
                log.error("live update of a screen could not be queued", e);
            }
        }
    }

    @Override
    public void destroy() {
        beat.shutdownNow();
    }

    /** How a screen is brought up to date, and told that it could not be. */
    public interface Refresh {
        void run();

        void failed(RuntimeException cause);
    }
}
