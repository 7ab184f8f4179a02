package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All logs a receiver follows: finds new ones, and in each the files that were rotated since it was last looked at. */
final class Tails implements Tail.Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Tails.class);
    private static final Path ROOT = Path.of("/");

    // The kernel's time of a change lags behind the clock by up to a tick.
    private static final long CLOCK_GRAIN_MILLIS = 50;

    private final FilelogSettings settings;
    private final Timer timer;
    private final Pods pods;
    private final LineBlock block;
    private final Map<Path, Tail> tails = new TreeMap<>();
    private final FinishedFiles finished = new FinishedFiles();
    private final Map<FileIdentity, TailCheckpoint> resumed = new HashMap<>();

    // Where an earlier process stopped in logs that cannot be opened yet.
    private final Map<Path, TailCheckpoint> pending = new LinkedHashMap<>();
    private final SequencedSet<Path> waiting = new LinkedHashSet<>();
    private final Set<Path> undecided = new HashSet<>();
    private final Set<Path> complaints = new HashSet<>();
    private final Set<Tail> unreadable = new HashSet<>();
    private final Newcomers newcomers;
    private boolean startAtEnd;

    // Files beside a log that were written to since then belong to it although it was never seen.
    private long lookedAtMillis = Long.MAX_VALUE;

    /** @param startAtEnd whether files found by the first scan are older than this receiver and only their growth counts */
    Tails(FilelogSettings settings, Timer timer, boolean startAtEnd, Pods pods, Operators.Complaints complaints) {
        this.pods = pods;
        this.settings = settings;
        this.timer = timer;
        this.block = new LineBlock(
                settings.format(),
                settings.longestRawLine(),
                Operators.of(settings.redactions(), settings.preset(), settings.operators(), complaints));
        this.newcomers = new Newcomers(timer);
        this.startAtEnd = startAtEnd;
    }

    Collection<Tail> all() {
        return tails.values();
    }

    @Nullable
    Tail at(Path path) {
        return tails.get(path);
    }

    /** Whether a log may be read: not as long as its container left older lines, before it was started again. */
    boolean isNext(Tail tail) throws IOException {
        Path before = tail.before();
        Tail earlier = before == null ? null : tails.get(before);
        // One that cannot be read holds nobody up.
        return earlier == null || unreadable.contains(earlier) || earlier.isDrained();
    }

    /** Notes whether a log could be read when it was looked at last. */
    void readable(Tail tail, boolean is) {
        if (is) {
            unreadable.remove(tail);
        } else {
            unreadable.add(tail);
        }
    }

    int openFiles() {
        int open = 0;
        for (Tail tail : tails.values()) {
            open += tail.openFiles();
        }
        return open;
    }

    @Override
    public void finished(TailCheckpoint end) {
        finished.add(end);
    }

    @Override
    public @Nullable TailedFile copyOf(TailCheckpoint read) throws IOException {
        return PriorFiles.copyOf(read, file -> isHeld(file.identity()) || finished.find(file) != null);
    }

    List<TailCheckpoint> checkpoints() {
        List<TailCheckpoint> all = new ArrayList<>(pending.values());
        for (Tail tail : tails.values()) {
            TailCheckpoint safe = tail.safe();
            if (safe != null) {
                all.add(safe);
            }
        }
        return all;
    }

    /** Goes on where an earlier process stopped; files it never saw are found by the next scan. */
    void resume(List<TailCheckpoint> checkpoints) {
        for (TailCheckpoint checkpoint : checkpoints) {
            resumed.put(checkpoint.file(), checkpoint);
            lookedAtMillis = lookedAtMillis == Long.MAX_VALUE
                    ? checkpoint.timeMillis()
                    : Math.max(lookedAtMillis, checkpoint.timeMillis());
        }
        for (TailCheckpoint checkpoint : checkpoints) {
            if (!settings.files().isExcluded(checkpoint.path())) {
                pending.put(checkpoint.path(), checkpoint);
                look(checkpoint.path(), () -> resume(checkpoint));
            }
        }
    }

    private void resume(TailCheckpoint checkpoint) throws IOException {
        List<TailedFile> files = after(checkpoint);
        if (!files.isEmpty()) {
            Tail tail = new Tail(checkpoint.path(), settings, block, timer, pods);
            tail.restore(checkpoint);
            for (TailedFile file : files) {
                tail.follow(file);
            }
            tails.put(checkpoint.path(), tail);
        }
        pending.remove(checkpoint.path());
    }

    @Override
    public List<TailedFile> after(TailCheckpoint checkpoint) throws IOException {
        return PriorFiles.after(checkpoint, file -> {
            TailCheckpoint other = resumed.get(file.identity());
            return other != null
                    && !other.path().equals(checkpoint.path())
                    && other.fingerprint().length() > 0
                    && file.beginsLike(other.fingerprint());
        });
    }

    /** Looks everywhere for new files, and for other files under known names. */
    void scan(Set<Path> looked) {
        long now = timer.now().toEpochMilli();
        SortedSet<Path> found = scan(ROOT, looked);
        startAtEnd = false;
        lookedAtMillis = now;
        complaints.retainAll(found);
        newcomers.retain(found);
        undecided.retainAll(found);
    }

    /** Looks below a directory. */
    SortedSet<Path> scan(Path directory, Set<Path> looked) {
        SortedSet<Path> found = settings.files().find(directory, looked);
        for (Path path : found) {
            look(path);
        }
        for (Tail tail : tails.values()) {
            if (tail.path().startsWith(directory)) {
                tail.pathExists(found.contains(tail.path()));
            }
        }
        return found;
    }

    /** Looks at one path. */
    void look(Path path) {
        TailCheckpoint left = pending.get(path);
        if (left != null) {
            look(path, () -> resume(left));
        }
        if (!pending.containsKey(path)) {
            look(path, () -> lookAt(path));
        }
    }

    private interface Look {
        void at() throws IOException;
    }

    private void look(Path path, Look look) {
        try {
            look.at();
        } catch (NoSuchFileException e) {
            LOG.debug("{} was gone when it was looked at", path);
        } catch (IOException | UncheckedIOException e) {
            complain(path, "cannot be read: " + e);
        }
    }

    void removeEnded() {
        for (Tail tail : List.copyOf(tails.values())) {
            if (tail.isOver()) {
                tails.remove(tail.path());
                unreadable.remove(tail);
                pods.forget(tail.path());
            }
        }
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

    private void lookAt(Path path) throws IOException {
        FileIdentity identity = FileIdentity.of(path);
        Tail tail = tails.get(path);
        if (tail != null && tail.holds(identity)) {
            return;
        }
        if (isHeld(identity)) {
            // A rotated file that matches the patterns under its new name too.
            return;
        }
        Pods.Choice choice = tail == null ? pods.choose(path) : Pods.Choice.YES;
        if (choice != Pods.Choice.YES) {
            if (choice == Pods.Choice.LATER) {
                undecided.add(path);
            }
            return;
        }
        if (!mayOpen()) {
            if (waiting.isEmpty()) {
                LOG.info("{} waits, for max_concurrent_files: {} are open", path, settings.mostFiles());
            }
            waiting.add(path);
            return;
        }
        if (tail == null) {
            begin(path);
        } else if (tail.isParked()) {
            // What it was before has to be found again first.
            tail.wake();
        } else {
            rotated(tail);
        }
    }

    @Override
    public boolean mayOpen() {
        return openFiles() < settings.mostFiles();
    }

    /** Looks at what had to wait for what is known of its pod; returns logs that are followed now. */
    List<Tail> decide() {
        List<Tail> decided = new ArrayList<>();
        for (Path path : List.copyOf(undecided)) {
            undecided.remove(path);
            look(path);
            Tail tail = tails.get(path);
            if (tail != null) {
                decided.add(tail);
            }
        }
        return decided;
    }

    boolean hasUndecided() {
        return !undecided.isEmpty();
    }

    /** Whether what had to wait for a descriptor has one now. */
    boolean mayAdmit() {
        return !waiting.isEmpty() && mayOpen();
    }

    /** Looks at what had to wait for a descriptor; returns logs that are followed now. */
    List<Tail> admit() {
        List<Tail> admitted = new ArrayList<>();
        while (mayAdmit()) {
            Path path = waiting.removeFirst();
            look(path);
            Tail tail = tails.get(path);
            if (tail != null) {
                admitted.add(tail);
            }
        }
        return admitted;
    }

    private boolean isHeld(FileIdentity identity) {
        return tails.values().stream().anyMatch(tail -> tail.holds(identity));
    }

    private void begin(Path path) throws IOException {
        TailedFile file = PriorFiles.open(path);
        if (file == null) {
            return;
        }
        if (lookedAtMillis != Long.MAX_VALUE
                && finished.find(file) == null
                && newcomers.mayBeCopy(
                        file, path, RotatedFiles.logOf(path).map(tails::get).orElse(null))) {
            // Once the log it was copied from is written anew, that one's rest is read here.
            file.close();
            return;
        }
        newcomers.decided(path);
        TailCheckpoint end = finished.find(file);
        if (end != null) {
            // A rotated file that matches the patterns and was read under its former name.
            file.seek(end.offset());
        } else if (startAtEnd) {
            file.seek(file.size());
        }
        Tail tail = new Tail(path, settings, block, timer, pods);
        for (TailedFile sibling : siblings(path, file.identity(), true)) {
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
        for (TailedFile sibling : siblings(tail.path(), file.identity(), false)) {
            tail.follow(sibling);
        }
        tail.follow(file);
        LOG.info("{} was rotated", tail.path());
    }

    /**
     * Files that were at the path for a while and of which nobody knows yet, oldest first.
     *
     * @param compressed whether compressed ones may hold what was never read, none having been followed
     */
    private List<TailedFile> siblings(Path path, FileIdentity current, boolean compressed) throws IOException {
        List<TailedFile> files = new ArrayList<>();
        List<TailedFile> all = PriorFiles.openAll(
                path,
                sibling -> sibling.modified().toMillis() >= lookedAtMillis - CLOCK_GRAIN_MILLIS
                        && (compressed || !RotatedFiles.isCompressed(sibling.path())));
        for (TailedFile file : all) {
            if (file.identity().equals(current) || isHeld(file.identity()) || finished.hold(path, file)) {
                file.close();
            } else {
                files.add(file);
            }
        }
        return files;
    }

    /** Once per file, until it is gone. */
    private void complain(Path path, String what) {
        if (complaints.add(path)) {
            LOG.warn("{} {}", path, what);
        }
    }
}
