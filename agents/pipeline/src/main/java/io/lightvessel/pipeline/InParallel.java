package io.lightvessel.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Does blocking things side by side, so that their waiting does not add up. */
final class InParallel {

    private InParallel() {}

    static <T> void run(Collection<T> items, Consumer<T> task) {
        List<Thread> threads = new ArrayList<>();
        for (T item : items) {
            threads.add(Thread.ofVirtual().name("lightvessel-stop").start(() -> task.accept(item)));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
