package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.scrape.LastScrape;
import io.lightvessel.gateway.scrape.Slots;
import io.lightvessel.gateway.scrape.TargetReport;
import io.lightvessel.gateway.scrape.http.FetchRequest;
import io.lightvessel.gateway.scrape.http.FetchResult;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls one kind of profile from one target, once in every slot of its interval. Slots follow from the wall clock and the
 * target's key, so that they are the same for every owner. One pull at a time: a slot that comes while one is under way is
 * left out.
 */
final class PullLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PullLoop.class);
    private static final String STATUS = "server returned HTTP status ";
    private static final long FIRST_BODY = 64 * 1024;

    private final ProfileTarget target;
    private final PullContext context;
    private final TargetClient client;
    private final Slots slots;
    private PullState state;
    /** Of a profile that the pipelines have not answered for yet. */
    private @Nullable PullState handedOn;

    private final Instant since;
    private long lastSlot;
    private long nextSlot;
    private long expected = FIRST_BODY;
    private boolean pulling;
    private boolean ended;
    private Timer.@Nullable Task next;
    private @Nullable CompletableFuture<Handover> giving;
    private volatile LastScrape last = LastScrape.NONE;

    PullLoop(ProfileTarget target, PullContext context, PullState state, @Nullable Handover handover) {
        this.target = target;
        this.context = context;
        this.client = context.client();
        this.since = context.timer().now();
        this.slots = Slots.of(target.interval(), target.key().hash(), 0);
        this.state = handover == null ? state : PullState.of(handover.state());
        this.lastSlot = handover == null ? Long.MIN_VALUE : Slots.nanos(handover.lastSlot());
    }

    ProfileTarget target() {
        return target;
    }

    LastScrape last() {
        return last;
    }

    /** For reports. */
    synchronized TargetReport.Work work() {
        return new TargetReport.Work(last, next == null ? null : Slots.instant(nextSlot), since);
    }

    /** What a profile that is being handed on will have made of it counts already. */
    synchronized PullState state() {
        return handedOn == null ? state : handedOn;
    }

    void start() {
        long now = Slots.nanos(context.timer().now());
        long slot = lastSlot > 0 ? slots.afterHandover(lastSlot, now) : slots.after(now);
        // One that takes most of its interval and began late would be in the way of the next one.
        schedule(target.type().delta() && slot < now ? slots.after(now) : slot, now);
    }

    private synchronized void schedule(long slot, long now) {
        if (ended || giving != null) {
            return;
        }
        nextSlot = slot;
        next = context.timer().schedule(Duration.ofNanos(Math.max(0, slot - now)), () -> due(slot));
    }

    private void due(long slot) {
        boolean pull;
        synchronized (this) {
            if (ended || giving != null) {
                return;
            }
            pull = !pulling && context.mayPull(target.key());
            if (pulling) {
                context.counters().late();
            }
            pulling |= pull;
            lastSlot = slot;
        }
        long now = Slots.nanos(context.timer().now());
        schedule(slots.after(Math.max(now, slot)), now);
        if (pull) {
            pull(ownDelta());
        }
    }

    private synchronized boolean ownDelta() {
        return target.deltaUrl().isPresent() && state.source() != PullState.Source.AGENT;
    }

    private void pull(boolean ownDelta) {
        long began = context.timer().nanoTime();
        URI url;
        try {
            url = URI.create(ownDelta ? target.deltaUrl().orElseThrow() : target.url());
        } catch (IllegalArgumentException e) {
            finish(new Pulled.Refused("not a URL: " + e.getMessage()), began, 0);
            return;
        }
        FetchRequest request = new FetchRequest(
                url, context.headers(), target.timeout(), context.job().bodyLimit(), expected);
        client.get(request, result -> {
            switch (result) {
                case FetchResult.Failed failed -> failed(failed, ownDelta, began);
                case FetchResult.Answered answered -> {
                    if (!context.work(() -> answered(answered, ownDelta, began))) {
                        answered.body().release();
                        answered.lease().release();
                        over(null);
                    }
                }
            }
        });
    }

    private void failed(FetchResult.Failed failed, boolean ownDelta, long began) {
        if (ownDelta
                && state().source() == PullState.Source.UNKNOWN
                && failed.message().startsWith(STATUS)) {
            // It has no differences of its own.
            pullAgain();
            return;
        }
        finish(new Pulled.Refused(failed.message()), began, 0);
    }

    /** In the same slot, from the usual path. */
    private void pullAgain() {
        synchronized (this) {
            if (ended) {
                return;
            }
            state = new PullState(PullState.Source.AGENT, null);
        }
        pull(false);
    }

    private void answered(FetchResult.Answered answered, boolean ownDelta, long began) {
        int size = answered.body().readableBytes();
        PullState before = state();
        Instant now = context.timer().now();
        Pulled pulled = read(answered, ownDelta, before, now);
        expected = Math.max(FIRST_BODY, size + size / 8L);
        context.cost(target.key(), size);
        if (ownDelta && before.source() == PullState.Source.UNKNOWN && pulled instanceof Pulled.Refused) {
            // It answers to anything.
            pullAgain();
            return;
        }
        finish(pulled, began, size);
    }

    /** A loop goes on whatever a target made of its profile. */
    private Pulled read(FetchResult.Answered answered, boolean ownDelta, PullState before, Instant now) {
        try {
            return context.reader()
                    .read(target, answered, ownDelta, before, context.job().bodyLimit(), now);
        } catch (RuntimeException e) {
            LOG.error("{}: the profile cannot be handled", target.url(), e);
            return new Pulled.Refused("the profile cannot be handled: " + e);
        }
    }

    private void finish(Pulled pulled, long began, int size) {
        if (hasEnded()) {
            if (pulled instanceof Pulled.Profile profile) {
                profile.payload().release();
            }
            return;
        }
        Duration took = Duration.ofNanos(context.timer().nanoTime() - began);
        Instant at = context.timer().now().minus(took);
        switch (pulled) {
            case Pulled.Refused refused -> {
                last = new LastScrape(at, took, last.amount(), refused.message());
                context.counters().failed();
                over(null);
            }
            case Pulled.Nothing nothing -> {
                last = new LastScrape(at, took, size, "");
                context.counters().empty(nothing.isFirst());
                over(nothing.state());
            }
            case Pulled.Profile profile -> {
                last = new LastScrape(at, took, size, "");
                context.counters().pulled(size);
                handOn(profile);
            }
        }
    }

    /** A difference that nobody took is part of the next one. */
    private void handOn(Pulled.Profile profile) {
        synchronized (this) {
            if (ended) {
                profile.payload().release();
                return;
            }
            handedOn = profile.state();
        }
        context.outlet().accept(profile.payload(), new Result() {
            @Override
            public void accepted() {
                over(profile.state());
            }

            @Override
            public void refused(Refusal refusal) {
                context.counters().refused();
                over(null);
            }
        });
    }

    /** @param after null when the state stays as it was */
    private void over(@Nullable PullState after) {
        CompletableFuture<Handover> waiting;
        Handover handover;
        synchronized (this) {
            pulling = false;
            handedOn = null;
            if (after != null) {
                state = after;
            }
            waiting = giving;
            handover = handover();
        }
        if (waiting != null) {
            client.close();
            waiting.complete(handover);
        }
    }

    private Handover handover() {
        return new Handover(Slots.instant(Math.max(lastSlot, 0)), state.bytes());
    }

    /** Begins no pull any more; completes when one that is under way is over. */
    CompletionStage<Handover> give() {
        CompletableFuture<Handover> given = new CompletableFuture<>();
        boolean idle;
        Handover handover;
        synchronized (this) {
            giving = given;
            cancel();
            idle = !pulling;
            handover = handover();
        }
        if (idle) {
            client.close();
            given.complete(handover);
        }
        return given;
    }

    /** Stops at once; what is under way goes nowhere. */
    void stop() {
        synchronized (this) {
            ended = true;
            cancel();
        }
        client.close();
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void cancel() {
        Timer.Task waiting = next;
        next = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
