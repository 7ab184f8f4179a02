package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All logs a receiver follows: finds new ones, and in each the files that were rotated since it was last looked at. */
final class Tails {
    private static final Logger LOG = LoggerFactory.getLogger(Tails.class);
    private static final int REMEMBERED_FILES = 1000;

    // The kernel's time of a change lags behind the clock by up to a tick.
    private static final long CLOCK_GRAIN_MILLIS = 50;

    private final FilelogSettings settings;
    private final Timer timer;
    private final LineBlock block;
    private final Map<Path, Tail> tails = new TreeMap<>();
    private final Map<FileIdentity, TailCheckpoint> finished = new LinkedHashMap<>();
    private final Set<Path> complaints = new HashSet<>();
    private boolean startAtEnd;

    // Files beside a log that were written to since then belong to it although it was never seen.
    private long lookedAtMillis = Long.MAX_VALUE;

    /** @param startAtEnd whether files found by the first scan are older than this receiver and only their growth counts */
    Tails(FilelogSettings settings, Timer timer, boolean startAtEnd) {
        this.settings = settings;
        this.timer = timer;
        this.block = new LineBlock(settings.format(), settings.longestRawLine());
        this.startAtEnd = startAtEnd;
    }

    Collection<Tail> all() {
        return tails.values();
    }

    int openFiles() {
        return tails.values().stream().mapToInt(Tail::openFiles).sum();
    }

    void finished(TailCheckpoint end) {
        finished.put(end.file(), end);
        if (finished.size() > REMEMBERED_FILES) {
            finished.remove(finished.keySet().iterator().next());
        }
    }

    List<TailCheckpoint> checkpoints() {
        return tails.values().stream()
                .map(Tail::safe)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Goes on where an earlier process stopped; files it never saw are found by the next scan. */
    void resume(List<TailCheckpoint> checkpoints) throws IOException {
        Set<FileIdentity> known = new HashSet<>();
        for (TailCheckpoint checkpoint : checkpoints) {
            known.add(checkpoint.file());
            lookedAtMillis = lookedAtMillis == Long.MAX_VALUE
                    ? checkpoint.timeMillis()
                    : Math.max(lookedAtMillis, checkpoint.timeMillis());
        }
        for (TailCheckpoint checkpoint : checkpoints) {
            if (settings.files().isExcluded(checkpoint.path())) {
                continue;
            }
            List<TailedFile> files = resume(checkpoint, known);
            if (!files.isEmpty()) {
                Tail tail = new Tail(checkpoint.path(), settings, block, timer);
                tail.restore(checkpoint);
                files.forEach(tail::follow);
                tails.put(checkpoint.path(), tail);
            }
        }
    }

    /** Looks for new files, and for other files under known names. */
    void scan() {
        long now = timer.now().toEpochMilli();
        SortedSet<Path> found = settings.files().find();
        for (Path path : found) {
            try {
                look(path);
            } catch (NoSuchFileException e) {
                LOG.debug("{} was gone when it was looked at", path);
            } catch (IOException e) {
                complain(path, "cannot be read: " + e);
            }
        }
        startAtEnd = false;
        lookedAtMillis = now;
        complaints.retainAll(found);
        tails.values().forEach(tail -> tail.pathExists(found.contains(tail.path())));
    }

    void removeEnded() {
        tails.values().removeIf(Tail::isOver);
    }

    void close() {
        for (Tail tail : tails.values()) {
            try {
                tail.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed", tail.path(), e);
            }
        }
    }

    private void look(Path path) throws IOException {
        FileIdentity identity = FileIdentity.of(path);
        Tail tail = tails.get(path);
        if (tail != null && tail.holds(identity)) {
            return;
        }
        if (tails.values().stream().anyMatch(other -> other.holds(identity))) {
            // A rotated file that matches the patterns under its new name too.
            return;
        }
        if (openFiles() >= settings.mostFiles()) {
            complain(
                    path,
                    "waits: " + settings.mostFiles() + " files are open (expected: max_concurrent_files or fewer)");
            return;
        }
        if (tail == null) {
            begin(path);
        } else {
            rotated(tail);
        }
    }

    private void begin(Path path) throws IOException {
        TailedFile file = TailedFile.open(path);
        TailCheckpoint end = finished.get(file.identity());
        if (end != null && file.beginsLike(end.fingerprint())) {
            if (file.size() <= end.offset()) {
                // A rotated file that matches the patterns and was read under its former name.
                file.close();
                return;
            }
            file.seek(end.offset());
        } else if (startAtEnd) {
            file.seek(file.size());
        }
        Tail tail = new Tail(path, settings, block, timer);
        for (TailedFile sibling : siblings(path, file.identity())) {
            tail.follow(sibling);
        }
        tail.follow(file);
        tails.put(path, tail);
        LOG.info("following {} from byte {}", path, file.position());
    }

    /** Another file has taken the path; there may have been more than one since the last look. */
    private void rotated(Tail tail) throws IOException {
        // Opened first: what takes its place after this is found by the next scan.
        TailedFile file = TailedFile.open(tail.path());
        for (TailedFile sibling : siblings(tail.path(), file.identity())) {
            tail.follow(sibling);
        }
        tail.follow(file);
        LOG.info("{} was rotated", tail.path());
    }

    /** Files that were at the path for a while and of which nobody knows yet, oldest first. */
    private List<TailedFile> siblings(Path path, FileIdentity current) throws IOException {
        List<TailedFile> files = new ArrayList<>();
        for (RotatedSiblings.Sibling sibling : RotatedSiblings.of(path)) {
            if (sibling.modified().toMillis() < lookedAtMillis - CLOCK_GRAIN_MILLIS) {
                continue;
            }
            TailedFile file = TailedFile.open(sibling.path());
            TailCheckpoint end = finished.get(file.identity());
            boolean known = file.identity().equals(current)
                    || tails.values().stream().anyMatch(other -> other.holds(file.identity()))
                    || (end != null && file.beginsLike(end.fingerprint()));
            if (known) {
                file.close();
            } else {
                files.add(file);
            }
        }
        return files;
    }

    private List<TailedFile> resume(TailCheckpoint checkpoint, Set<FileIdentity> known) throws IOException {
        List<TailedFile> files = new ArrayList<>();
        TailedFile current = Files.exists(checkpoint.path()) ? TailedFile.open(checkpoint.path()) : null;
        if (current != null && isSame(current, checkpoint)) {
            current.seek(checkpoint.offset());
            files.add(current);
            return files;
        }
        List<RotatedSiblings.Sibling> siblings = RotatedSiblings.of(checkpoint.path());
        FileTime since = FileTime.fromMillis(checkpoint.timeMillis());
        boolean found = false;
        for (RotatedSiblings.Sibling sibling : siblings) {
            TailedFile file = TailedFile.open(sibling.path());
            if (isSame(file, checkpoint)) {
                file.seek(checkpoint.offset());
                files.add(file);
                found = true;
                // Reading may have lagged behind: what counts is the order in which the files were written.
                since = sibling.modified();
            } else {
                file.close();
            }
        }
        for (RotatedSiblings.Sibling sibling : siblings) {
            TailedFile file = TailedFile.open(sibling.path());
            boolean later = sibling.modified().compareTo(since) >= 0;
            if (later && !known.contains(file.identity()) && !isOpen(file, current)) {
                files.add(file);
            } else {
                file.close();
            }
        }
        if (!found && (current != null || !files.isEmpty())) {
            LOG.error(
                    "{}: the file read up to byte {} is gone, what it got after that is lost",
                    checkpoint.path(),
                    checkpoint.offset());
        }
        if (current != null) {
            files.add(current);
        }
        return files;
    }

    private static boolean isOpen(TailedFile file, @Nullable TailedFile other) {
        return other != null && file.identity().equals(other.identity());
    }

    private static boolean isSame(TailedFile file, TailCheckpoint checkpoint) throws IOException {
        return file.identity().equals(checkpoint.file()) && file.beginsLike(checkpoint.fingerprint());
    }

    /** Once per file, until it is gone. */
    private void complain(Path path, String what) {
        if (complaints.add(path)) {
            LOG.warn("{} {}", path, what);
        }
    }
}
