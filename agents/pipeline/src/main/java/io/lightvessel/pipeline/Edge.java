package io.lightvessel.pipeline;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection between two components of a pipeline: counts what has passed, and shows what is offered to whoever
 * watches. While nobody does, that costs one volatile read per payload.
 */
final class Edge {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final EdgeWatcher[] NOBODY = {};

    private final Tally tally = new Tally();
    private volatile EdgeWatcher[] watchers = NOBODY;

    /** Called before the payload is handed over, while the caller's reference still counts. */
    void offered(Payload payload) {
        EdgeWatcher[] current = watchers;
        if (current.length != 0) {
            show(payload, current);
        }
    }

    private void show(Payload payload, EdgeWatcher[] current) {
        for (EdgeWatcher watcher : current) {
            try {
                watcher.offered(payload);
            } catch (RuntimeException e) {
                // Telemetry must not suffer from being looked at.
                LOG.error("{}: its watcher threw and is sent away", payload, e);
                remove(watcher);
            }
        }
    }

    void passed(long records, long bytes) {
        tally.add(records, bytes);
    }

    Count count() {
        return tally.count();
    }

    EdgeWatch watch(EdgeWatcher watcher) {
        add(watcher);
        return () -> remove(watcher);
    }

    private synchronized void add(EdgeWatcher watcher) {
        EdgeWatcher[] more = Arrays.copyOf(watchers, watchers.length + 1);
        more[more.length - 1] = watcher;
        watchers = more;
    }

    @SuppressWarnings("ReferenceEquality") // two watchers are two viewers, however equal they are
    private synchronized void remove(EdgeWatcher watcher) {
        watchers = Arrays.stream(watchers).filter(other -> other != watcher).toArray(EdgeWatcher[]::new);
    }
}
