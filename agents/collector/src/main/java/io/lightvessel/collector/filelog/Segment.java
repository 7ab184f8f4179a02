package io.lightvessel.collector.filelog;

import io.lightvessel.pipeline.Consumer;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A stretch of a log on its way downstream, with the checkpoint that holds once it is accepted. */
final class Segment {
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final TailCheckpoint end;
    private final @Nullable Payload payload;
    private boolean done;
    private boolean underWay;
    private int refusals;
    private long notBefore;

    /** @param payload null when the stretch held no complete line, and nothing has to be sent for it */
    Segment(TailCheckpoint end, @Nullable Payload payload) {
        this.end = end;
        this.payload = payload;
        this.done = payload == null;
    }

    /** What became of a segment; handed to the receiver's thread. */
    record Outcome(Segment segment, @Nullable Refusal refusal) implements Event {}

    TailCheckpoint end() {
        return end;
    }

    boolean isDone() {
        return done;
    }

    int records() {
        Payload sent = payload;
        return done || sent == null ? 0 : sent.records();
    }

    boolean isUnderWay() {
        return underWay;
    }

    boolean isDue(long nanoTime) {
        return !done && !underWay && nanoTime - notBefore >= 0;
    }

    void send(Consumer target, Queue<Event> outcomes) {
        Payload sent = payload;
        if (sent == null) {
            return;
        }
        underWay = true;
        target.accept(sent.retain(), new Result() {
            @Override
            public void accepted() {
                outcomes.add(new Outcome(Segment.this, null));
            }

            @Override
            public void refused(Refusal refusal) {
                outcomes.add(new Outcome(Segment.this, refusal));
            }
        });
    }

    /** Takes note of an outcome; the segment is sent again if it can be accepted later. */
    void settle(@Nullable Refusal refusal, long nanoTime) {
        underWay = false;
        if (refusal != null && isWorthRetrying(refusal)) {
            notBefore = nanoTime + delay(refusal).toNanos();
            refusals++;
            return;
        }
        release();
    }

    /** Gives up this segment's own reference; downstream has another one as long as it is under way. */
    void release() {
        if (!done && payload != null) {
            payload.release();
        }
        done = true;
    }

    static boolean isWorthRetrying(Refusal refusal) {
        return switch (refusal.reason()) {
            // The lines are still in the file, and a pipeline may come back.
            case NO_PIPELINE, SHUTTING_DOWN -> true;
            default -> refusal.isRetryable();
        };
    }

    private Duration delay(Refusal refusal) {
        Duration wanted = refusal.retryAfter();
        if (wanted == null) {
            wanted = FIRST_RETRY.multipliedBy(1L << Math.min(refusals, 10));
        }
        return wanted.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wanted;
    }
}
