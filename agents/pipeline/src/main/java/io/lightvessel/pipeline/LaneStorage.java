package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queues on disk of one lane: the one that new payloads go to, and before it those that a change of the config has
 * put out of use, which are sent first and then let go.
 */
final class LaneStorage {

    private final List<DiskQueue> queues = new ArrayList<>();
    private @Nullable DiskQueue wanted;

    /** Which queue new payloads go to; null for none, once those before are empty. */
    synchronized @Nullable DiskQueue current() {
        if (wanted != null) {
            return wanted;
        }
        // While something is stored, what comes goes behind it, so that nothing overtakes.
        return queues.isEmpty() || queues.getLast().isEmpty() ? null : queues.getLast();
    }

    /**
     * @param queue whose content is to be sent; null for none beside those there are
     * @param store whether it is where to store from now on
     */
    synchronized void use(@Nullable DiskQueue queue, boolean store) {
        wanted = store ? queue : null;
        if (queue != null && !queues.contains(queue)) {
            queues.add(queue);
        }
        for (DiskQueue other : queues) {
            if (other != queue || !store) {
                other.unreserve();
            }
        }
    }

    synchronized @Nullable DiskQueue in(Path directory) {
        for (DiskQueue queue : queues) {
            if (queue.directory().equals(directory)) {
                return queue;
            }
        }
        return null;
    }

    synchronized boolean isUsed() {
        return !queues.isEmpty();
    }

    synchronized List<DiskQueue> all() {
        return List.copyOf(queues);
    }

    synchronized void change(QueueSettings settings) {
        queues.forEach(queue -> queue.change(settings));
    }

    /** The next entry in order; null when there is none. One caller at a time. */
    @Nullable
    LaneEntry next() {
        for (DiskQueue queue : all()) {
            LaneEntry entry = queue.next();
            if (entry != null || !queue.isEmpty()) {
                return entry;
            }
            retireIfUnwanted(queue);
        }
        return null;
    }

    private void retireIfUnwanted(DiskQueue queue) {
        synchronized (this) {
            if (queue == wanted || !queue.retire()) {
                return;
            }
            queues.remove(queue);
        }
        // Whoever still holds on to it gets a refusal that asks to try again.
        Thread.ofVirtual().name("lightvessel-release").start(queue::release);
    }

    /** Lets go of all directories; what is in them is from then on not this lane's. */
    void release() {
        for (DiskQueue queue : all()) {
            queue.release();
            synchronized (this) {
                queues.remove(queue);
            }
        }
    }

    Count held(PipelineId pipeline) {
        Count held = Count.ZERO;
        for (DiskQueue queue : all()) {
            held = held.plus(queue.held(pipeline));
        }
        return held;
    }

    long used() {
        return all().stream().mapToLong(DiskQueue::used).sum();
    }

    long queuedRecords() {
        return all().stream().mapToLong(DiskQueue::queuedRecords).sum();
    }
}
