package io.lightvessel.collector.filelog;

import io.lightvessel.collector.inotify.Inotify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel tell when something changes, so that nothing has to be looked at meanwhile: directories for as long as
 * they are there, idle files until they are written to the next time. A file that is being written to is not watched,
 * since it is looked at anyway and every line would be a notice. Where the kernel does not help, everything is looked at.
 *
 * <p>One thread waits for notices and hands them on; all methods are called by the thread that takes them.
 */
final class ChangeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    private static final int LONGEST_WAIT_MILLIS = 1000;

    private final @Nullable Inotify inotify;
    private final Map<Integer, Path> directories = new HashMap<>();
    private final Map<Integer, Path> files = new HashMap<>();
    private final Set<Path> watchedDirectories = new HashSet<>();
    private boolean complained;
    private volatile boolean broken;
    private volatile boolean closed;

    private ChangeWatch(@Nullable Inotify inotify) {
        this.inotify = inotify;
    }

    /** Something happened to what a watch is on. */
    record Notice(int watch, Inotify.Kind kind) implements Event {}

    /** What a notice is about. */
    sealed interface Change {
        /** Entries of a directory came or went. */
        record Directory(Path path) implements Change {}

        /** A file that was idle is so no longer. */
        record File(Path path) implements Change {}

        /** Notices were lost. */
        record Anything() implements Change {}
    }

    static ChangeWatch start(String name, Consumer<Event> notices) {
        Inotify inotify;
        try {
            inotify = Inotify.open();
        } catch (IOException e) {
            LOG.info("{}: files are looked at regularly, for changes cannot be watched: {}", name, e.getMessage());
            return new ChangeWatch(null);
        }
        ChangeWatch watch = new ChangeWatch(inotify);
        Thread.ofPlatform().name(name + "-watch").daemon().start(() -> watch.waitForNotices(inotify, notices));
        return watch;
    }

    /** Never watches anything, as on a kernel without inotify. */
    static ChangeWatch none() {
        return new ChangeWatch(null);
    }

    boolean isAvailable() {
        return inotify != null && !complained && !broken;
    }

    /**
     * Watches directories as long as they are there.
     *
     * @return those that were not watched before, whose entries may have changed since they were listed
     */
    Set<Path> directories(Set<Path> seen) {
        Set<Path> added = new HashSet<>();
        for (Path directory : seen) {
            if (inotify != null && !watchedDirectories.contains(directory)) {
                try {
                    directories.put(inotify.watchDirectory(directory), directory);
                    watchedDirectories.add(directory);
                    added.add(directory);
                } catch (IOException e) {
                    complain(directory, e);
                }
            }
        }
        return added;
    }

    /** Watches a file until it changes; false when it has to be looked at instead. */
    boolean idle(Path file) {
        if (inotify == null || broken) {
            return false;
        }
        try {
            files.put(inotify.watchFileOnce(file), file);
            return true;
        } catch (IOException e) {
            complain(file, e);
            return false;
        }
    }

    /** What a notice is about; null when it does not matter any more. */
    @Nullable
    Change resolve(Notice notice) {
        return switch (notice.kind()) {
            case OVERFLOW -> new Change.Anything();
            case CHANGED -> {
                Path directory = directories.get(notice.watch());
                Path file = files.remove(notice.watch());
                yield directory != null ? new Change.Directory(directory) : file != null ? new Change.File(file) : null;
            }
            case ENDED -> {
                Path directory = directories.remove(notice.watch());
                Path file = files.remove(notice.watch());
                if (directory != null) {
                    watchedDirectories.remove(directory);
                    yield new Change.Directory(directory);
                }
                yield file == null ? null : new Change.File(file);
            }
        };
    }

    private void complain(Path path, IOException e) {
        // What is gone needs no watch.
        if (!complained && Files.exists(path)) {
            complained = true;
            LOG.warn("files are looked at regularly, for not all changes can be watched: {}", e.getMessage());
        }
    }

    private void waitForNotices(Inotify open, Consumer<Event> notices) {
        try (open) {
            while (!closed) {
                open.await(LONGEST_WAIT_MILLIS, (watch, kind) -> notices.accept(new Notice(watch, kind)));
            }
        } catch (IOException e) {
            LOG.error("changes of files are not told any more, they are looked at regularly", e);
            broken = true;
            notices.accept(new Notice(-1, Inotify.Kind.OVERFLOW));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
