package io.lightvessel.gateway.scrape.http;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A GET under way, which ends once; belongs to its event loop. */
final class Fetch {
    final FetchRequest request;
    final long deadline;
    private final EventLoop loop;
    private final Consumer<FetchResult> done;
    private final Timer.Task timeout;
    private ByteBudget.@Nullable Lease lease;
    private @Nullable BodyBuffer body;
    private @Nullable Runnable abort;
    private boolean ended;

    /** What the timeout says when it comes while nothing is sent yet. */
    FetchResult.Failed late;

    URI url;
    int redirects;
    /** Whether a redirect has led to another origin. */
    boolean strayed;

    boolean triedAgain;
    boolean refusedOnce;

    Fetch(FetchRequest request, EventLoop loop, Timer timer, Consumer<FetchResult> done) {
        this.request = request;
        this.url = request.url();
        this.loop = loop;
        this.done = done;
        this.deadline = timer.nanoTime() + request.timeout().toNanos();
        this.late = new FetchResult.Failed(
                FetchResult.Reason.TIMEOUT,
                "no answer within " + request.timeout().toMillis() + " ms");
        this.timeout = timer.schedule(request.timeout(), this::timedOut);
    }

    private void timedOut() {
        try {
            loop.execute(() -> end(late));
        } catch (RejectedExecutionException e) {
            end(late);
        }
    }

    boolean isOver() {
        return ended;
    }

    void paid(ByteBudget.Lease paid) {
        lease = paid;
    }

    /** What is to be broken off when the fetch ends early. */
    void onAbort(@Nullable Runnable action) {
        abort = action;
    }

    BodyBuffer body(long announced, long waitsWith) {
        ByteBudget.Lease paid = lease;
        if (paid == null) {
            throw new IllegalStateException("a body before its budget (expected: the other way round)");
        }
        BodyBuffer fresh = new BodyBuffer(announced, request.bodyLimit(), waitsWith, paid);
        dropBody();
        body = fresh;
        return fresh;
    }

    void dropBody() {
        BodyBuffer before = body;
        body = null;
        if (before != null) {
            before.release();
        }
    }

    void answered(String contentType, boolean gzip) {
        BodyBuffer whole = body;
        ByteBudget.Lease paid = lease;
        if (ended || whole == null || paid == null) {
            return;
        }
        ByteBuf bytes = whole.take();
        body = null;
        lease = null;
        abort = null;
        end(new FetchResult.Answered(contentType, gzip, bytes, paid));
    }

    void fail(FetchResult.Reason reason, String message) {
        end(new FetchResult.Failed(reason, message));
    }

    private void end(FetchResult result) {
        if (ended) {
            return;
        }
        ended = true;
        timeout.cancel();
        dropBody();
        ByteBudget.Lease paid = lease;
        lease = null;
        if (paid != null) {
            paid.release();
        }
        Runnable action = abort;
        abort = null;
        if (action != null) {
            action.run();
        }
        done.accept(result);
    }
}
