package io.lightvessel.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets only so many agents at once do what needs the database, or a herd that returns together would leave no connection
 * for anybody else.
 */
@Component
class Door {
    static final Duration COME_BACK_AFTER = Duration.ofSeconds(30);

    private static final int AT_ONCE = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** The result of the work, or nothing when the door stayed closed for too long. */
    <T> Optional<T> pass(Supplier<T> work) {
        try {
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            free.release();
        }
    }
}
