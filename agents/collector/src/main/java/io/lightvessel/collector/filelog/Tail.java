package io.lightvessel.collector.filelog;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log: the file at its path and the older ones that were there before it, each to its end before the next.
 * Used by the receiver's thread only.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final int WINDOW = 4;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Path path;
    private final FilelogSettings settings;
    private final Timer timer;
    private final LineJoiner joiner;
    private final LineBlock block;
    private final LogBatch batch;
    private final Deque<TailedFile> files = new ArrayDeque<>();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private @Nullable TailCheckpoint safe;
    private long lastGrowth;
    private boolean vanished;

    Tail(Path path, FilelogSettings settings, LineBlock block, Timer timer) {
        this.path = path;
        this.settings = settings;
        this.timer = timer;
        this.block = block;
        this.joiner = new LineJoiner(settings.longestLine());
        this.batch = new LogBatch(resource(), attributes(), block.records());
        this.lastGrowth = timer.nanoTime();
    }

    /** Is told which files were read to their end. */
    interface Finished {
        void file(TailCheckpoint end);
    }

    Path path() {
        return path;
    }

    /** Adds a file, to be read after those before it. */
    void follow(TailedFile file) {
        files.addLast(file);
        if (safe == null) {
            safe = checkpoint(file);
        }
    }

    /** Goes on where an earlier process stopped. */
    void restore(TailCheckpoint checkpoint) {
        joiner.restore(checkpoint.partials());
        safe = checkpoint;
    }

    boolean holds(FileIdentity identity) {
        return files.stream().anyMatch(file -> file.identity().equals(identity));
    }

    void pathExists(boolean exists) {
        vanished = !exists;
    }

    int openFiles() {
        return files.size();
    }

    boolean isOver() {
        return files.isEmpty() && segments.isEmpty();
    }

    boolean hasSegmentsUnderWay() {
        return segments.stream().anyMatch(Segment::isUnderWay);
    }

    @Nullable
    TailCheckpoint safe() {
        return safe;
    }

    /** Moves the checkpoint over everything that was accepted without a gap. */
    void settle() {
        while (!segments.isEmpty() && segments.peekFirst().isDone()) {
            safe = segments.removeFirst().end();
        }
    }

    /**
     * Reads the next block and sends it on, if there is one and room for it.
     *
     * @param finished is told files that were read to their end
     * @return whether anything was read
     */
    boolean pump(ByteBudget budget, Consumer target, Queue<Segment.Outcome> outcomes, Finished finished)
            throws IOException {
        long now = timer.nanoTime();
        for (Segment segment : segments) {
            if (segment.isDue(now)) {
                segment.send(target, outcomes);
            }
            if (segment.wasRefused()) {
                // Nothing new overtakes what has to be sent again.
                return false;
            }
        }
        TailedFile file = files.peekFirst();
        if (file == null || segments.size() >= WINDOW) {
            return false;
        }
        if (file.wasTruncated()) {
            LOG.info("{} was truncated or written anew, reading it from its beginning", path);
            file.restart();
            joiner.clear();
        }
        ByteBudget.Lease lease = budget.tryAcquire(2L * block.capacity());
        if (lease == null) {
            return false;
        }
        boolean sent = false;
        try {
            sent = read(file, lease, target, outcomes, finished);
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
        segments.forEach(Segment::release);
        segments.clear();
    }

    private boolean read(
            TailedFile file,
            ByteBudget.Lease lease,
            Consumer target,
            Queue<Segment.Outcome> outcomes,
            Finished finished)
            throws IOException {
        Instant time = timer.now();
        batch.begin(time.getEpochSecond() * 1_000_000_000L + time.getNano());
        boolean over = isOver(file);
        int consumed = block.read(file, over, joiner, batch);
        if (consumed == 0 && !over) {
            boolean idle = timer.nanoTime() - lastGrowth > IDLE.toNanos();
            if (!idle || joiner.isEmpty()) {
                return false;
            }
            // A container that died in the middle of a line said its most important words last.
            joiner.flush(batch);
        }
        file.advance(consumed);
        if (consumed > 0) {
            lastGrowth = timer.nanoTime();
        }
        if (consumed == 0 && over) {
            finish(file, finished);
        }
        TailedFile next = files.peekFirst();
        TailCheckpoint end = next == null ? checkpoint(file) : checkpoint(next);
        Segment segment = new Segment(end, batch.records() == 0 ? null : payload(lease));
        segments.addLast(segment);
        if (segment.isDone()) {
            lease.release();
        } else {
            segment.send(target, outcomes);
        }
        return true;
    }

    private void finish(TailedFile file, Finished finished) throws IOException {
        files.removeFirst();
        if (files.isEmpty()) {
            joiner.flush(batch);
        }
        finished.file(checkpoint(file));
        file.close();
    }

    /**
     * Whether nothing more will be written to a file: its successor has content and it was read once more since, or its
     * path is gone and it has not grown for a while.
     */
    private boolean isOver(TailedFile file) throws IOException {
        if (file.position() < file.size()) {
            return false;
        }
        if (files.size() > 1) {
            for (TailedFile other : files) {
                if (other != file && other.size() > 0) {
                    return file.lookedOnceMore();
                }
            }
            return false;
        }
        return vanished && timer.nanoTime() - lastGrowth > IDLE.toNanos();
    }

    private Payload payload(ByteBudget.Lease lease) {
        try {
            ByteBuf bytes = batch.finish(ByteBufAllocator.DEFAULT);
            lease.shrinkTo(bytes.readableBytes());
            return Payload.walk(Signal.LOGS, bytes, lease);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("lines of " + path + " were written as malformed OTLP", e);
        }
    }

    private TailCheckpoint checkpoint(TailedFile file) {
        return new TailCheckpoint(
                path,
                file.identity(),
                file.fingerprint(),
                file.position(),
                joiner.snapshot(),
                timer.now().toEpochMilli());
    }

    private Map<String, String> resource() {
        Map<String, String> resource = new LinkedHashMap<>();
        if (settings.podMetadata()) {
            PodPath.parse(path).ifPresent(pod -> {
                resource.put("k8s.namespace.name", pod.namespace());
                resource.put("k8s.pod.name", pod.pod());
                resource.put("k8s.pod.uid", pod.uid());
                resource.put("k8s.container.name", pod.container());
                resource.put("k8s.container.restart_count", pod.restarts());
            });
        }
        return resource;
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (settings.fileName()) {
            attributes.put("log.file.name", String.valueOf(path.getFileName()));
        }
        if (settings.filePath()) {
            attributes.put("log.file.path", path.toString());
        }
        return attributes;
    }
}
