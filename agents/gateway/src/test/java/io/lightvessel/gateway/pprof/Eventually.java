package io.lightvessel.gateway.pprof;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what comes true some time. */
final class Eventually {
    private Eventually() {}

    static void isTrue(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never came true that " + what);
            }
            Thread.sleep(10);
        }
    }
}
