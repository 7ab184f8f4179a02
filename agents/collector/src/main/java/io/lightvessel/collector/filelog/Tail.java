package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log: the file at its path and the older ones that were there before it, each to its end before the next.
 * Used by the receiver's thread only.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int QUIET_LOOKS = 2;

    private final Path path;
    private final FilelogSettings settings;
    private final Timer timer;
    private final LogRecords records;
    private final @Nullable Path before;
    private final Stride stride = new Stride();
    private final Deque<TailedFile> files = new ArrayDeque<>();
    private @Nullable Segment segment;
    private @Nullable TailCheckpoint safe;
    private long lastGrowth;
    private long nextLook;
    private int quietLooks;
    private boolean vanished;
    private boolean parked;

    Tail(Path path, FilelogSettings settings, LineBlock block, Timer timer, Pods pods) {
        this.path = path;
        this.settings = settings;
        this.timer = timer;
        this.records = new LogRecords(path, settings, block, timer, pods);
        this.before = PodPath.before(path).orElse(null);
        this.lastGrowth = timer.nanoTime();
        this.nextLook = lastGrowth;
    }

    /** What a tail asks of those who know the other files. */
    interface Surroundings {
        /** A file was read to its end. */
        void finished(TailCheckpoint end);

        /** The copy of a file that was since written anew, so that what was not read of it can be read there. */
        @Nullable
        TailedFile copyOf(TailCheckpoint read) throws IOException;

        /** Whether another descriptor may be taken. */
        boolean mayOpen();

        /** The files to go on with after a checkpoint, oldest first. */
        List<TailedFile> after(TailCheckpoint checkpoint) throws IOException;
    }

    Path path() {
        return path;
    }

    /** Adds a file, to be read after those before it. */
    void follow(TailedFile file) throws IOException {
        files.addLast(file);
        wake();
        if (safe == null) {
            safe = checkpoint(file);
        }
    }

    /** Goes on where an earlier process stopped. */
    void restore(TailCheckpoint checkpoint) {
        records.restore(checkpoint.partials());
        safe = checkpoint;
    }

    boolean holds(FileIdentity identity) {
        if (parked) {
            return safe != null && safe.file().equals(identity);
        }
        return files.stream().anyMatch(file -> file.identity().equals(identity));
    }

    /** The file that is being read. */
    @Nullable
    TailedFile current() {
        return files.peekFirst();
    }

    void pathExists(boolean exists) {
        if (vanished == exists) {
            vanished = !exists;
            wake();
        }
    }

    /** Something may have changed: the next pump looks. */
    void wake() {
        nextLook = timer.nanoTime();
        quietLooks = 0;
        files.forEach(TailedFile::suspect);
    }

    /** Makes the next look compare first bytes although lengths are what they were. */
    void suspect() {
        files.forEach(TailedFile::suspect);
    }

    int openFiles() {
        return files.size();
    }

    boolean isOver() {
        return files.isEmpty() && segment == null && !parked;
    }

    /** Gives back the descriptor of a quiet log; where it was is known by its checkpoint. */
    void park() throws IOException {
        TailedFile file = files.removeFirst();
        safe = checkpoint(file);
        file.close();
        parked = true;
    }

    boolean isParked() {
        return parked;
    }

    /** Whether the file of a parked log is not what it was. */
    boolean hasChanged() throws IOException {
        return safe == null || !FileIdentity.of(path).equals(safe.file()) || Files.size(path) != safe.offset();
    }

    boolean isUnderWay() {
        return segment != null && segment.isUnderWay();
    }

    /** What would come twice if the process ended now. */
    int recordsInFlight() {
        return segment == null ? 0 : segment.records();
    }

    /** The log whose lines must go out before this one's, being older lines of the same stream; null when there is none. */
    @Nullable
    Path before() {
        return before;
    }

    /** Whether everything that it holds has been taken downstream, as far as anybody has seen. */
    boolean isDrained() throws IOException {
        return segment == null && records.isWhole() && (files.isEmpty() || quietLooks > 0 && !hasSuccessor());
    }

    /** Whether nothing can come but what is written from now on. */
    boolean isQuiet() {
        return quietLooks >= QUIET_LOOKS && files.size() == 1 && segment == null && records.isWhole() && !vanished;
    }

    /** Looks once more; false when the file has changed since it was found quiet. */
    boolean isStillQuiet() throws IOException {
        TailedFile file = files.peekFirst();
        if (file == null || file.hasUnseen() || !FileIdentity.of(path).equals(file.identity())) {
            return false;
        }
        boolean same = file.beginsLike(file.fingerprint());
        if (!same) {
            wake();
        }
        return same;
    }

    @Nullable
    TailCheckpoint safe() {
        return safe;
    }

    /** Moves the checkpoint if what was under way has ended; null when there is no move. */
    @Nullable
    TailCheckpoint settle() {
        if (segment == null || !segment.isDone()) {
            return null;
        }
        safe = segment.end();
        stride.took(timer.nanoTime());
        segment = null;
        nextLook = timer.nanoTime();
        return safe;
    }

    /**
     * Reads the next block and sends it on, if there is one and room for it.
     *
     * @return whether anything was read
     */
    boolean pump(Downstream downstream, Surroundings surroundings) throws IOException {
        long now = timer.nanoTime();
        if (segment != null) {
            if (segment.isDue(now)) {
                segment.send(downstream.target(), downstream.outcomes());
            }
            return false;
        }
        if (parked && safe != null && surroundings.mayOpen()) {
            files.addAll(surroundings.after(safe));
            parked = false;
        }
        TailedFile file = files.peekFirst();
        if (file == null || now - nextLook < 0) {
            return false;
        }
        nextLook = now + settings.pollInterval().toNanos();
        if (file.wasReplaced()) {
            file = replaced(file, surroundings);
        }
        boolean over = isOver(file);
        if (!over && !file.hasUnseen() && !hasStaleHalf(now)) {
            quietLooks++;
            return false;
        }
        ByteBudget.Lease lease = downstream.budget().tryAcquire(2L * records.prepare(stride.bytes()));
        if (lease == null) {
            return false;
        }
        boolean sent = false;
        try {
            sent = read(file, over, lease, downstream, surroundings);
        } finally {
            if (!sent) {
                lease.release();
            }
        }
        return sent;
    }

    /** Lets go of all files; what was not accepted is read again from the checkpoint. */
    void close() throws IOException {
        for (TailedFile file : files) {
            file.close();
        }
        files.clear();
        if (segment != null) {
            segment.release();
            segment = null;
        }
    }

    /** The file to be read next when what was read so far is not there any more. */
    private TailedFile replaced(TailedFile file, Surroundings surroundings) throws IOException {
        TailedFile copy = file.fingerprint().length() == 0 ? null : surroundings.copyOf(checkpoint(file));
        LOG.info(
                "{} was truncated or written anew after byte {}, {}",
                path,
                file.position(),
                copy == null ? "reading it from its beginning" : "the rest of it is read from its copy");
        file.restart();
        if (copy == null) {
            records.forgetHalves();
            return file;
        }
        files.addFirst(copy);
        return copy;
    }

    private boolean hasStaleHalf(long now) {
        // A container that died in the middle of a line said its most important words last.
        return !records.isWhole() && now - lastGrowth > settings.flushAfter().toNanos();
    }

    private boolean read(
            TailedFile file, boolean over, ByteBudget.Lease lease, Downstream downstream, Surroundings surroundings)
            throws IOException {
        int consumed = records.read(file, stride.bytes(), over);
        if (consumed == 0 && !over) {
            if (!hasStaleHalf(timer.nanoTime())) {
                quietLooks++;
                return false;
            }
            records.flush();
        }
        quietLooks = 0;
        file.advance(consumed);
        if (consumed > 0) {
            lastGrowth = timer.nanoTime();
        }
        if (consumed == 0 && over) {
            finish(file, surroundings);
        }
        records.tellDropped(downstream.target());
        stride.begin(consumed, timer.nanoTime());
        TailedFile next = files.peekFirst();
        Segment read = new Segment(checkpoint(next == null ? file : next), records.payload(lease));
        segment = read;
        if (next == null) {
            file.close();
        }
        if (read.isDone()) {
            lease.release();
        } else {
            read.send(downstream.target(), downstream.outcomes());
        }
        return true;
    }

    private void finish(TailedFile file, Surroundings surroundings) throws IOException {
        files.removeFirst();
        if (files.isEmpty()) {
            records.flush();
        }
        surroundings.finished(checkpoint(file));
        if (!files.isEmpty()) {
            file.close();
        }
    }

    /**
     * Whether nothing more will be written to a file: its successor has content and it was read once more since, or its
     * path is gone and it has not grown for a while.
     */
    private boolean isOver(TailedFile file) throws IOException {
        if (file.hasUnseen()) {
            return false;
        }
        if (files.size() > 1) {
            return hasSuccessor() && file.lookedOnceMore();
        }
        return vanished && timer.nanoTime() - lastGrowth > IDLE.toNanos();
    }

    private boolean hasSuccessor() throws IOException {
        TailedFile first = files.peekFirst();
        for (TailedFile other : files) {
            if (other != first && other.size() > 0) {
                return true;
            }
        }
        return false;
    }

    private TailCheckpoint checkpoint(TailedFile file) throws IOException {
        return new TailCheckpoint(
                path,
                file.identity(),
                file.fingerprint(),
                file.mark(),
                file.position(),
                records.halves(),
                timer.now().toEpochMilli());
    }
}
