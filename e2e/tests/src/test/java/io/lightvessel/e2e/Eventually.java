package io.lightvessel.e2e;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Waits for what takes a moment; when it never comes, the last failure says how far it got. */
final class Eventually {

    private Eventually() {}

    static void within(Duration patience, Check check) throws Exception {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            try {
                check.check();
                return;
            } catch (AssertionError | IOException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("not within " + patience.toMillis() + " ms: " + e.getMessage(), e);
                }
            }
            Thread.sleep(100);
        }
    }

    /** Asserts something. */
    interface Check {
        void check() throws Exception;
    }
}
