package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that were read to their end, the last some thousands of them, so that none is read again under another name. */
final class FinishedFiles {
    private static final int REMEMBERED = 4096;

    private final Map<FileIdentity, TailCheckpoint> ends = new LinkedHashMap<>();

    void add(TailCheckpoint end) {
        ends.put(end.file(), end);
        if (ends.size() > REMEMBERED) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** Up to where a file was read; null when it is none of them. */
    @Nullable
    TailCheckpoint find(TailedFile file) throws IOException {
        TailCheckpoint end = ends.get(file.identity());
        return end != null && file.beginsLike(end.fingerprint()) ? end : null;
    }

    /** Whether a file beside a log is one of that log's, be it compressed since. */
    boolean hold(Path log, TailedFile file) throws IOException {
        if (find(file) != null) {
            return true;
        }
        for (TailCheckpoint end : ends.values()) {
            if (end.path().equals(log) && file.wasCompressed() && file.beginsLike(end.fingerprint())) {
                return true;
            }
        }
        return false;
    }
}
