package io.lightvessel.platform.ui;

import com.vaadin.flow.component.UI;
import io.lightvessel.platform.ui.LiveUpdates.Refresh;
import io.lightvessel.tenancy.TenantId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One open screen that wants to stay current. */
final class LiveScreen {

    private final UI ui;
    private final TenantId tenant;
    private final long intervalNanos;
    private final Refresh refresh;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private long lastQueued = System.nanoTime();

    LiveScreen(UI ui, TenantId tenant, Duration interval, Refresh refresh) {
        this.ui = ui;
        this.tenant = tenant;
        this.intervalNanos = interval.toNanos();
        this.refresh = refresh;
    }

    void changed(TenantId where) {
        if (where.equals(tenant)) {
            dirty.set(true);
        }
    }

    /** Called by the one beat thread. */
    void refreshIfDue(long now) {
        boolean due = dirty.get() || now - lastQueued >= intervalNanos;
        if (!due || !waiting.compareAndSet(false, true)) {
            return;
        }
        dirty.set(false);
        lastQueued = now;
        // Not on the beat thread: whoever finds the session free runs the refresh, and a slow one must not stop the
        // others.
        Thread.ofVirtual().name("console-refresh").start(() -> {
            try {
                ui.access(this::refreshNow);
            } catch (RuntimeException e) {
                waiting.set(false);
                if (!ui.isClosing() && ui.isAttached()) {
                    throw e;
                }
            }
        });
    }

    private void refreshNow() {
        try {
            refresh.run();
        } catch (RuntimeException e) {
            refresh.failed(e);
        } finally {
            waiting.set(false);
        }
    }
}
