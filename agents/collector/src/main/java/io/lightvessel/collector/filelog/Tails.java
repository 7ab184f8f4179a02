package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    private final FilelogSettings settings;
    private final Timer timer;
    private final LineBlock block;
    private final Map<Path, Tail> tails = new TreeMap<>();
    private final Map<FileIdentity, TailCheckpoint> finished = new HashMap<>();
    private final Set<Path> complaints = new HashSet<>();
    private boolean startAtEnd;

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
        checkpoints.forEach(checkpoint -> known.add(checkpoint.file()));
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
        TailCheckpoint end = finished.get(identity);
        if (end != null && tail == null && Files.size(path) <= end.offset()) {
            return;
        }
        if (openFiles() >= settings.mostFiles()) {
            complain(
                    path,
                    "waits: " + settings.mostFiles() + " files are open (expected: max_concurrent_files or fewer)");
            return;
        }
        if (tail == null) {
            begin(path, end);
        } else {
            rotated(tail);
        }
    }

    private void begin(Path path, @Nullable TailCheckpoint end) throws IOException {
        TailedFile file = TailedFile.open(path);
        if (end != null && file.beginsLike(end.fingerprint())) {
            file.seek(end.offset());
        } else if (startAtEnd) {
            file.seek(file.size());
        }
        Tail tail = new Tail(path, settings, block, timer);
        tail.follow(file);
        tails.put(path, tail);
        LOG.info("following {} from byte {}", path, file.position());
    }

    /** Another file has taken the path; there may have been more than one since the last look. */
    private void rotated(Tail tail) throws IOException {
        FileIdentity newest = tail.newest().map(TailedFile::identity).orElse(null);
        List<RotatedSiblings.Sibling> siblings = RotatedSiblings.of(tail.path());
        boolean after = false;
        for (RotatedSiblings.Sibling sibling : siblings) {
            FileIdentity identity = FileIdentity.of(sibling.path());
            if (after && tails.values().stream().noneMatch(other -> other.holds(identity))) {
                tail.follow(TailedFile.open(sibling.path()));
            }
            after |= identity.equals(newest);
        }
        tail.follow(TailedFile.open(tail.path()));
        LOG.info("{} was rotated", tail.path());
    }

    private List<TailedFile> resume(TailCheckpoint checkpoint, Set<FileIdentity> known) throws IOException {
        List<TailedFile> files = new ArrayList<>();
        if (Files.exists(checkpoint.path())) {
            TailedFile current = TailedFile.open(checkpoint.path());
            if (isSame(current, checkpoint)) {
                current.seek(checkpoint.offset());
                files.add(current);
                return files;
            }
            current.close();
        }
        boolean after = false;
        List<RotatedSiblings.Sibling> siblings = RotatedSiblings.of(checkpoint.path());
        for (RotatedSiblings.Sibling sibling : siblings) {
            TailedFile file = TailedFile.open(sibling.path());
            if (isSame(file, checkpoint)) {
                file.seek(checkpoint.offset());
                files.add(file);
                after = true;
            } else if (after && !known.contains(file.identity())) {
                files.add(file);
            } else {
                file.close();
            }
        }
        if (!after) {
            LOG.error(
                    "{}: the file read up to byte {} is gone, what it got after that is lost",
                    checkpoint.path(),
                    checkpoint.offset());
            for (RotatedSiblings.Sibling sibling : siblings) {
                boolean later = sibling.modified().toMillis() >= checkpoint.timeMillis();
                if (later && !known.contains(FileIdentity.of(sibling.path()))) {
                    files.add(TailedFile.open(sibling.path()));
                }
            }
        }
        if (Files.exists(checkpoint.path())) {
            files.add(TailedFile.open(checkpoint.path()));
        }
        return files;
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
