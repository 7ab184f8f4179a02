package io.lightvessel.collector.ebpf.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed together, the last first; closes only once. */
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Closing(AutoCloseable... first) {
        for (AutoCloseable closeable : first) {
            open.push(closeable);
        }
    }

    <T extends AutoCloseable> T add(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("closing failed (expected: nothing that can fail)", e);
            }
        }
    }
}
