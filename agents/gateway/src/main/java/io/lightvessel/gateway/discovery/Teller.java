package io.lightvessel.gateway.discovery;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells a discovery's listener what is new, by one thread at a time and never after the discovery was closed. */
final class Teller {

    private final Discovery.Listener listener;
    private final GroupChanges changes = new GroupChanges();
    private final ReentrantLock telling = new ReentrantLock();
    private @Nullable String problem;
    private boolean closed;

    Teller(Discovery.Listener listener) {
        this.listener = listener;
    }

    /** @param groups all there are now */
    void tell(List<TargetGroup> groups, @Nullable String newProblem) {
        telling.lock();
        try {
            if (closed) {
                return;
            }
            List<TargetGroup> changed = changes.update(groups);
            if (!changed.isEmpty()) {
                listener.changed(changed);
            }
            tellProblem(newProblem);
        } finally {
            telling.unlock();
        }
    }

    /** The groups are what they were. */
    void tell(String newProblem) {
        telling.lock();
        try {
            if (!closed) {
                tellProblem(newProblem);
            }
        } finally {
            telling.unlock();
        }
    }

    private void tellProblem(@Nullable String newProblem) {
        if (!Objects.equals(problem, newProblem)) {
            problem = newProblem;
            listener.problem(newProblem);
        }
    }

    void close() {
        telling.lock();
        try {
            closed = true;
        } finally {
            telling.unlock();
        }
    }
}
