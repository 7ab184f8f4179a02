package io.lightvessel.pipeline.disk;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue on disk. Entries from many threads are committed in groups by one thread of the log, with one write and, if
 * told so, one sync for each group; only then is anyone told that they are safe. They are handed out in order and leave
 * when acknowledged, in any order. What a former life of the process left comes first.
 */
public final class DiskLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskLog.class);
    private static final int GROUP_ENTRIES = 256;
    private static final long GROUP_BYTES = 8 << 20;

    /** Hears what became of an entry, on the log's thread; must not block. */
    public interface Outcome {

        void committed();

        /** It is not stored, so its producer must keep it. */
        void failed(String reason);
    }

    private final Disk disk;
    private final LogListener listener;
    private final LogState state;
    private final LogWriter writer;
    private final LogCursor cursor;
    private final AcknowledgedFile acknowledgedFile;
    private final Map<String, Amount> restored;
    private final Deque<PendingEntry> pending = new ArrayDeque<>();
    private final Thread committer;
    private boolean closing;
    private boolean failing;
    private boolean closed;

    private DiskLog(Disk disk, LogOptions options, LogListener listener, AcknowledgedFile acknowledgedFile)
            throws IOException {
        this.disk = disk;
        this.listener = listener;
        this.acknowledgedFile = acknowledgedFile;
        Quarantine quarantine = new Quarantine(disk, options.quarantineBytes());
        this.state = new Recovery(disk, quarantine, acknowledgedFile.read()).run();
        this.restored = state.unread();
        this.writer = new LogWriter(disk, options, state, RandomGenerator.of("SecureRandom"));
        this.cursor = new LogCursor(disk, state, quarantine, listener);
        this.committer = Thread.ofPlatform().daemon().name("lightvessel-disk").unstarted(this::commit);
    }

    /**
     * Opens the log in a directory, which no one else may use meanwhile, and recovers what is in it.
     *
     * @throws IOException when the directory cannot be used, is in use, or was written by a later version
     */
    public static DiskLog open(Path directory, LogOptions options, LogListener listener) throws IOException {
        Disk disk = FileDisk.open(directory, options.lockTimeout());
        try {
            return open(disk, options, listener);
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    static DiskLog open(Disk disk, LogOptions options, LogListener listener) throws IOException {
        AcknowledgedFile acknowledged = AcknowledgedFile.open(disk);
        try {
            DiskLog log = new DiskLog(disk, options, listener, acknowledged);
            log.committer.start();
            return log;
        } catch (IOException | RuntimeException e) {
            acknowledged.close();
            throw e;
        }
    }

    /** What the log held when it was opened, by pipeline. */
    public Map<String, Amount> restored() {
        return restored;
    }

    /** Bytes an entry takes on disk, all in all. */
    public static long lengthOnDisk(int bodyBytes) {
        return RecordHeader.length(128, bodyBytes);
    }

    /** Takes over a reference to the body; the outcome is told later, never from within. */
    public void append(Envelope envelope, ByteBuf body, Outcome outcome) {
        PendingEntry entry = new PendingEntry(envelope, body, outcome);
        synchronized (pending) {
            if (!closing && !entry.isTooLong()) {
                pending.add(entry);
                pending.notifyAll();
                return;
            }
        }
        entry.failed(disk + (entry.isTooLong() ? ": an entry is too long to be stored" : ": the log is closed"));
    }

    /**
     * The next entry; null when everything committed has been handed out. One caller at a time.
     *
     * @throws IOException when it cannot be read now; asking again reads it or, in the end, steps over it
     */
    public @Nullable Stored next() throws IOException {
        synchronized (cursor) {
            return closed ? null : cursor.next();
        }
    }

    /** The entry has ended, one way or another, and is not to be handed out again. */
    public void acknowledge(Stored entry) {
        state.acknowledge(entry.sequence(), entry.sequence() + 1);
        synchronized (pending) {
            pending.notifyAll();
        }
    }

    /** The entry has not ended; the next life of the log hands it out again. */
    public void giveBack(Stored entry) {
        state.giveBack(entry.envelope());
    }

    /** What is committed and not handed out, by pipeline. */
    public Map<String, Amount> unread() {
        return state.unread();
    }

    /** Bytes of all segments, of entries that have ended as well. */
    public long fileBytes() {
        return state.fileBytes();
    }

    private void commit() {
        try {
            List<PendingEntry> group = new ArrayList<>();
            while (await(group)) {
                if (!group.isEmpty()) {
                    writer.write(group);
                    group.clear();
                }
                if (state.hasChanged()) {
                    checkpoint();
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the committer failed, nothing is stored any more", disk, e);
            listener.broken(disk + ": " + e);
            refuseAll(disk + ": " + e);
            throw e;
        }
    }

    /** Waits for work and takes it; false when the log is closed and everything is done. */
    private boolean await(List<PendingEntry> group) {
        synchronized (pending) {
            while (pending.isEmpty() && !closing && (failing || !state.hasChanged())) {
                try {
                    // After a failure it is tried again now and then, not at once.
                    pending.wait(failing ? 1000 : 0);
                    failing = false;
                } catch (InterruptedException e) {
                    closing = true;
                }
            }
            long bytes = 0;
            while (!pending.isEmpty() && group.size() < GROUP_ENTRIES && bytes < GROUP_BYTES) {
                bytes += pending.element().length();
                group.add(pending.remove());
            }
            return !group.isEmpty() || !closing;
        }
    }

    private void checkpoint() {
        LogState.Checkpoint checkpoint = state.checkpoint();
        try {
            acknowledgedFile.write(checkpoint.pointer(), checkpoint.ranges());
            if (!checkpoint.deletable().isEmpty()) {
                // First what says that they are not needed, then they themselves.
                acknowledgedFile.force();
                for (Segment segment : checkpoint.deletable()) {
                    disk.delete(segment.name().summaryFile());
                    disk.delete(segment.name().file());
                }
                disk.sync();
                state.remove(checkpoint.deletable());
            }
        } catch (IOException e) {
            state.checkpointFailed();
            failing = true;
            LOG.warn("{}: acknowledgements cannot be written, trying again: {}", disk, e.toString());
        }
    }

    private void refuseAll(String reason) {
        List<PendingEntry> refused;
        synchronized (pending) {
            closing = true;
            refused = List.copyOf(pending);
            pending.clear();
        }
        refused.forEach(entry -> entry.failed(reason));
    }

    /** Commits what is pending, writes down what was acknowledged, and lets go of the directory. */
    @Override
    public void close() {
        synchronized (pending) {
            closing = true;
            pending.notifyAll();
        }
        boolean interrupted = false;
        while (committer.isAlive()) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (cursor) {
            closed = true;
            cursor.closeReader();
        }
        checkpoint();
        writer.seal();
        try {
            acknowledgedFile.force();
            acknowledgedFile.close();
            disk.close();
        } catch (IOException e) {
            LOG.warn("{}: closing failed: {}", disk, e.toString());
        }
    }
}
