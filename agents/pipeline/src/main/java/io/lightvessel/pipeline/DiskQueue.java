package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.disk.Amount;
import io.lightvessel.pipeline.disk.DiskLog;
import io.lightvessel.pipeline.disk.Envelope;
import io.lightvessel.pipeline.disk.LogListener;
import io.lightvessel.pipeline.disk.LogOptions;
import io.lightvessel.pipeline.disk.Stored;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A lane's queue on disk: decides who may come in, answers producers when their payload is committed, and gives entries
 * back in order. Only payloads that wait for their commit are in memory.
 */
final class DiskQueue implements LogListener {

    /** Bytes of ended entries that may lie behind one that does not end, where capacity is not counted in bytes. */
    private static final long MOST_DEAD_BYTES = 4L << 30;

    private static final long LARGEST_SEGMENT = 64L << 20;
    private static final long SMALLEST_SEGMENT = 64L << 10;

    private final String component;
    private final String name;
    private final Signal signal;
    private final Path directory;
    private final Means means;
    private final HealthCell health;
    private final DiskLog log;
    private final boolean packing;
    private final Set<LaneEntry> pending = new LinkedHashSet<>();
    private final Deque<LaneQueue.HeldUp> heldUp = new ArrayDeque<>();
    private QueueSettings settings;
    private Amount live = Amount.ZERO;
    private long pendingBytes;
    private boolean closed;
    private boolean retired;
    private boolean reserved;
    private volatile Runnable available = () -> {};

    private DiskQueue(
            ComponentId exporter,
            Signal signal,
            Path directory,
            LogOptions options,
            boolean packing,
            QueueSettings settings,
            Means means)
            throws IOException {
        this.component = "exporter/" + exporter;
        this.name = "exporter " + exporter + " (" + signal.label() + ")";
        this.signal = signal;
        this.directory = directory;
        this.means = means;
        this.settings = settings;
        this.health = means.healthCell(name + " storage");
        this.packing = packing;
        this.log = DiskLog.open(directory, options, this);
    }

    /** Opens the queue of an exporter's signal in a directory and recovers what a former life left there. */
    static DiskQueue open(
            ComponentId exporter,
            Signal signal,
            StorageExtension storage,
            Path directory,
            QueueSettings settings,
            Means means)
            throws ComponentFailure {
        LogOptions defaults = LogOptions.defaults(storage.isSynced());
        long segment = settings.sizer() == QueueSettings.Sizer.BYTES
                ? Math.clamp(settings.capacity() / 8, SMALLEST_SEGMENT, LARGEST_SEGMENT)
                : LARGEST_SEGMENT;
        LogOptions options =
                new LogOptions(segment, defaults.synced(), defaults.quarantineBytes(), storage.lockTimeout());
        try {
            return new DiskQueue(
                    exporter, signal, directory, options, storage instanceof WriteAheadLog, settings, means);
        } catch (IOException e) {
            throw new ComponentFailure("the queue on disk cannot be used: " + e.getMessage(), e);
        }
    }

    /** Puts what was restored into the books, and says whom to call when there is something to send. */
    void adopt(Runnable whenAvailable) {
        Map<String, Amount> kept = means.books().kept().take(directory);
        Map<String, Amount> restored = log.restored();
        restored.forEach((pipeline, amount) -> book(pipeline, amount.minus(kept.getOrDefault(pipeline, Amount.ZERO))));
        kept.forEach((pipeline, amount) -> {
            if (!restored.containsKey(pipeline)) {
                book(pipeline, Amount.ZERO.minus(amount));
            }
        });
        synchronized (this) {
            for (Amount amount : restored.values()) {
                live = live.plus(amount);
            }
        }
        health.started();
        available = whenAvailable;
        if (!restored.isEmpty()) {
            LaneLog.restored(name, KeptOnDisk.records(restored), directory);
        }
    }

    /** What is found beyond what these books know was received by a former life; what is missing is damaged. */
    private void book(String pipeline, Amount difference) {
        PipelineBooks books = books(pipeline);
        books.received(Math.max(0, difference.records()), Math.max(0, difference.bytes()));
        books.dropped(
                component, DropReason.CORRUPTED, Math.max(0, -difference.records()), Math.max(0, -difference.bytes()));
    }

    private PipelineBooks books(String pipeline) {
        return means.books().pipeline(pipeline.isEmpty() ? PipelineId.of(signal) : PipelineId.parse(pipeline));
    }

    Path directory() {
        return directory;
    }

    synchronized void change(QueueSettings changed) {
        settings = changed;
    }

    LaneQueue.Admission admit(LaneEntry entry, Result producer) {
        synchronized (this) {
            if (closed) {
                return LaneQueue.Admission.CLOSED;
            }
            if (!heldUp.isEmpty() || !hasRoomFor(entry)) {
                if (settings.blockOnOverflow() && settings.sizer().sizeOf(entry.payload()) <= settings.capacity()) {
                    heldUp.add(new LaneQueue.HeldUp(entry, producer));
                    return LaneQueue.Admission.HELD_UP;
                }
                return LaneQueue.Admission.FULL;
            }
            take(entry);
        }
        store(entry, producer);
        return LaneQueue.Admission.TAKEN;
    }

    private boolean hasRoomFor(LaneEntry entry) {
        Payload payload = entry.payload();
        boolean deadBound =
                settings.sizer() == QueueSettings.Sizer.BYTES || log.fileBytes() - live.bytes() <= MOST_DEAD_BYTES;
        // An empty queue takes whatever is not larger than itself, even if a segment could not be deleted yet.
        long size = settings.sizer().sizeOf(payload);
        return deadBound
                && (size <= settings.capacity() - used() || live.requests() == 0 && size <= settings.capacity());
    }

    private void take(LaneEntry entry) {
        live = live.plus(amount(entry.payload()));
        pendingBytes += DiskLog.lengthOnDisk(entry.payload().size());
        pending.add(entry);
    }

    private static Amount amount(Payload payload) {
        return new Amount(1, payload.records(), payload.receivedBytes());
    }

    private void store(LaneEntry entry, Result producer) {
        Payload payload = entry.payload();
        Envelope envelope = new Envelope(
                entry.books().pipeline().toString(),
                payload.records(),
                payload.receivedBytes(),
                payload.form(),
                payload.order(),
                packing ? payload.size() : 0,
                means.timer().now().toEpochMilli(),
                payload.metadata().headers());
        ByteBuf body =
                packing ? BodyPacking.pack(payload.bytes()) : payload.bytes().retainedDuplicate();
        log.append(envelope, body, new DiskLog.Outcome() {
            @Override
            public void committed() {
                leavePending(entry, false);
                health.ok();
                entry.end();
                payload.release();
                producer.accepted();
                available.run();
            }

            @Override
            public void failed(String reason) {
                List<LaneQueue.HeldUp> admitted = leavePending(entry, true);
                health.recoverable(reason);
                Lane.turnAway(
                        entry,
                        producer,
                        Refusal.retryable(DropReason.STORAGE_FAILURE, name + ": " + reason, Lane.RETRY_WHEN_FULL),
                        component);
                admitted.forEach(next -> store(next.entry(), next.producer()));
            }
        });
    }

    private synchronized List<LaneQueue.HeldUp> leavePending(LaneEntry entry, boolean gone) {
        pending.remove(entry);
        pendingBytes -= DiskLog.lengthOnDisk(entry.payload().size());
        return gone ? left(amount(entry.payload())) : List.of();
    }

    /** Room was made; returns those whose turn it is. */
    private List<LaneQueue.HeldUp> left(Amount amount) {
        live = live.minus(amount);
        List<LaneQueue.HeldUp> admitted = new ArrayList<>();
        while (!heldUp.isEmpty() && hasRoomFor(heldUp.element().entry())) {
            LaneQueue.HeldUp next = heldUp.remove();
            take(next.entry());
            admitted.add(next);
        }
        notifyAll();
        return admitted;
    }

    /** The next entry in order; null when there is none now. One caller at a time. */
    @Nullable
    LaneEntry next() {
        Stored stored;
        ByteBuf body;
        try {
            do {
                stored = log.next();
                if (stored == null) {
                    return null;
                }
                body = unpacked(stored);
            } while (body == null);
        } catch (IOException e) {
            health.recoverable("reading failed: " + e.getMessage());
            means.timer().schedule(Duration.ofSeconds(1), available);
            return null;
        }
        Envelope envelope = stored.envelope();
        Payload payload = Payload.restored(
                signal,
                envelope.form(),
                body,
                envelope.records(),
                envelope.receivedBytes(),
                envelope.order(),
                means.budget().take(body.readableBytes()),
                Metadata.of(envelope.headers()));
        return new LaneEntry(
                payload, books(envelope.pipeline()), null, means.timer().nanoTime(), new DiskEntry(this, stored));
    }

    /** Null when the bytes, although their checksum matches, cannot be unpacked; they are dropped then. */
    private @Nullable ByteBuf unpacked(Stored stored) {
        int size = stored.envelope().packedFrom();
        if (size == 0) {
            return stored.body();
        }
        try {
            return BodyPacking.unpack(stored.body(), size);
        } catch (DataFormatException e) {
            health.recoverable("an entry cannot be unpacked: " + e.getMessage());
            log.acknowledge(stored);
            corrupted(stored.envelope().pipeline(), stored.envelope().amount());
            return null;
        }
    }

    /** The entry was delivered or dropped. */
    void ended(Stored stored) {
        log.acknowledge(stored);
        List<LaneQueue.HeldUp> admitted;
        synchronized (this) {
            admitted = left(stored.envelope().amount());
        }
        admitted.forEach(next -> store(next.entry(), next.producer()));
        available.run();
    }

    /** The entry stays for another life. */
    void giveBack(Stored stored) {
        log.giveBack(stored);
    }

    @Override
    public void corrupted(String pipeline, Amount amount) {
        books(pipeline).dropped(component, DropReason.CORRUPTED, amount.records(), amount.bytes());
        List<LaneQueue.HeldUp> admitted;
        synchronized (this) {
            admitted = left(amount);
        }
        admitted.forEach(next -> store(next.entry(), next.producer()));
    }

    @Override
    public void broken(String message) {
        health.broken(message);
    }

    /** Takes no more, waits until what was taken is committed, and returns those who were held up. */
    List<LaneQueue.HeldUp> close() {
        List<LaneQueue.HeldUp> turnedAway;
        synchronized (this) {
            closed = true;
            turnedAway = List.copyOf(heldUp);
            heldUp.clear();
        }
        return turnedAway;
    }

    /** Keeps an unused queue from being retired until it is used again or closed; false when that has happened. */
    synchronized boolean reserve() {
        reserved |= !retired && !closed;
        return reserved;
    }

    /** Ends a queue that is not used any more and empty; false when it is not. */
    synchronized boolean retire() {
        if (reserved || !isEmpty()) {
            return false;
        }
        retired = true;
        closed = true;
        return true;
    }

    synchronized void unreserve() {
        reserved = false;
    }

    /** Lets go of the directory without having been used. */
    void discard() {
        log.close();
    }

    /** Lets go of the directory; what is still in it stays there and in the books. */
    void release() {
        log.close();
        Map<String, Amount> left = log.unread();
        means.books().kept().put(directory, name, left, means.timer().now());
        if (!left.isEmpty()) {
            LaneLog.kept(name, KeptOnDisk.records(left), directory);
            means.healthChanged().run();
        }
    }

    /** Whether everything that came in has ended. */
    synchronized boolean isEmpty() {
        return live.requests() == 0 && heldUp.isEmpty();
    }

    /** What waits for its commit or is stored and not handed out. */
    Count held(PipelineId pipeline) {
        Amount unread = log.unread().getOrDefault(pipeline.toString(), Amount.ZERO);
        Count held = new Count(unread.records(), unread.bytes());
        synchronized (this) {
            for (LaneEntry entry : pending) {
                held = held.plus(LaneQueue.amountOf(entry, pipeline));
            }
            for (LaneQueue.HeldUp waiting : heldUp) {
                held = held.plus(LaneQueue.amountOf(waiting.entry(), pipeline));
            }
        }
        return held;
    }

    /** In units of the sizer; bytes are those of the files. */
    synchronized long used() {
        return switch (settings.sizer()) {
            case REQUESTS -> live.requests();
            case ITEMS -> live.records();
            case BYTES -> log.fileBytes() + pendingBytes;
        };
    }

    synchronized long queuedRecords() {
        return live.records();
    }

    ComponentHealth health() {
        return health.health();
    }
}
