package io.lightvessel.collector.filelog;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of the lines of one log, a stretch at a time. */
final class LogRecords {
    private final Path path;
    private final Timer timer;
    private final Pods pods;
    private final LineBlock block;
    private final @Nullable LineAllowance allowance;
    private final LogBatch batch;
    private final LineFlow flow;
    private final Order order;
    private long podsVersion;

    LogRecords(Path path, FilelogSettings settings, LineBlock block, Timer timer, Pods pods) {
        this.path = path;
        this.timer = timer;
        this.pods = pods;
        this.block = block;
        this.podsVersion = pods.version();
        this.allowance = pods.allowance(path);
        this.batch = new LogBatch(pods.resource(path), settings.attributes(path), block.records(), block.operators());
        this.flow = new LineFlow(settings.longestLine(), settings.recombine(), LineAllowance.limit(allowance, batch));
        this.order = Order.named(PodPath.stream(path));
    }

    /** The most bytes a stretch may have when so many are wanted. */
    int prepare(int wanted) {
        return block.prepare(wanted);
    }

    /**
     * Reads a stretch of a file.
     *
     * @param over whether the file will not grow any more
     * @return bytes that are dealt with; 0 when there is no complete line
     */
    int read(TailedFile file, int wanted, boolean over) throws IOException {
        if (podsVersion != pods.version()) {
            podsVersion = pods.version();
            batch.resource(pods.resource(path));
        }
        if (allowance != null) {
            allowance.refill(timer.nanoTime());
        }
        Instant time = timer.now();
        batch.begin(time.getEpochSecond() * 1_000_000_000L + time.getNano());
        return block.read(file, wanted, over, flow);
    }

    /** Tells which of the lines since the last time will not go out. */
    void tellDropped(Outlet target) {
        if (allowance != null && allowance.droppedLines() > 0) {
            target.leftOut(DropReason.RATE_LIMITED, allowance.droppedLines(), allowance.droppedBytes());
            allowance.told();
        }
        if (batch.droppedLines() > 0) {
            target.leftOut(DropReason.UNREADABLE, batch.droppedLines(), batch.droppedBytes());
            batch.told();
        }
    }

    /** The records, which take what they were lent; null when there are none. */
    @Nullable
    Payload payload(ByteBudget.Lease lease) {
        if (batch.records() == 0) {
            return null;
        }
        try {
            ByteBuf bytes = batch.finish(ByteBufAllocator.DEFAULT);
            lease.shrinkTo(bytes.readableBytes());
            return Payload.walk(Signal.LOGS, bytes, lease, order);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("lines of " + path + " were written as malformed OTLP", e);
        }
    }

    /** Whether no line has begun without its end. */
    boolean isWhole() {
        return flow.isEmpty();
    }

    /** Gives out what was begun although its end never came. */
    void flush() {
        flow.flush();
    }

    void forgetHalves() {
        flow.clear();
    }

    Map<String, Partial> halves() {
        return flow.snapshot();
    }

    void restore(Map<String, Partial> halves) {
        flow.restore(halves);
    }
}
