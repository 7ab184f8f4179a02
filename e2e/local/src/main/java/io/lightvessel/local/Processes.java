package io.lightvessel.local;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes for good: asks first, insists after a while. */
final class Processes {

    private Processes() {}

    static void end(Collection<ProcessHandle> processes, Duration grace) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        if (!await(processes, grace)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            await(processes, Duration.ofSeconds(5));
        }
    }

    static boolean await(Collection<ProcessHandle> processes, Duration patience) throws InterruptedException {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }
}
