package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files with a rotated one's name that were just found: each may be the copy of a log that goes on, still being written. */
final class Newcomers {
    private static final Duration COPYING = Duration.ofSeconds(2);

    private final Timer timer;
    private final Map<Path, Long> seen = new HashMap<>();

    Newcomers(Timer timer) {
        this.timer = timer;
    }

    /** @param log the one it would be a copy of, if that is followed */
    boolean mayBeCopy(TailedFile file, Path path, @Nullable Tail log) throws IOException {
        TailedFile original = log == null ? null : log.current();
        if (original == null) {
            return false;
        }
        long now = timer.nanoTime();
        if (now - seen.computeIfAbsent(path, _ -> now) < COPYING.toNanos()) {
            return true;
        }
        return original.position() > 0
                && file.beginsLike(original.fingerprint())
                && (file.size() < original.position()
                        || file.holds(original.fingerprint(), original.mark(), original.position()));
    }

    /** It is a log of its own. */
    void decided(Path path) {
        seen.remove(path);
    }

    /** Forgets what is not there any more. */
    void retain(Set<Path> found) {
        seen.keySet().retainAll(found);
    }
}
