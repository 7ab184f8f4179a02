package io.lightvessel.gateway.scrape;

import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Payloads of one target that this process still holds, wherever in its pipelines. Another replica must not write the
 * target's next samples before a backend has these, or it would refuse one or the other as out of order.
 */
final class Outstanding {
    private final Timer timer;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private int count;

    Outstanding(Timer timer) {
        this.timer = timer;
    }

    /** One more; the result is to be run when it is gone. */
    synchronized Runnable add() {
        count++;
        return this::gone;
    }

    private void gone() {
        List<CompletableFuture<Boolean>> all;
        synchronized (this) {
            count--;
            if (count > 0) {
                return;
            }
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(each -> each.complete(true));
    }

    /** Completes when there are none, with true, or after that time, with false. */
    CompletableFuture<Boolean> allGone(Duration atMost) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        synchronized (this) {
            if (count == 0) {
                done.complete(true);
                return done;
            }
            waiting.add(done);
        }
        Timer.Task timeout = timer.schedule(atMost, () -> done.complete(false));
        return done.whenComplete((_, _) -> timeout.cancel());
    }
}
