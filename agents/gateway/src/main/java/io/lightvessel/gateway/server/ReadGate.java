package io.lightvessel.gateway.server;

import io.lightvessel.gateway.server.ReadSwitch.Reason;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says when a connection is read: not while its client leaves answers unread, and only in its turn while more comes in
 * than goes out. Waiting costs nothing, while what is read only to be refused takes the processor from what could be
 * sent on. Only when waiting does not help are clients told, by a refusal.
 */
final class ReadGate extends ChannelInboundHandlerAdapter {

    /** Lets the client have less under way, or again as much as usual. */
    interface Throttle {
        Throttle NONE = _ -> {};

        void narrow(boolean narrow);
    }

    private static final long WIDE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Intake> intakes;
    private final Arrivals arrivals;
    private final ReadSwitch reads;
    private final boolean betweenRequests;
    private Throttle throttle = Throttle.NONE;
    private boolean waiting;
    private boolean waitedEnough;
    private boolean narrow;
    private long since;

    /** @param betweenRequests never stops within a request: what is behind it could not be known to be another one */
    ReadGate(Supplier<Intake> intakes, Arrivals arrivals, ReadSwitch reads, boolean betweenRequests) {
        this.intakes = intakes;
        this.arrivals = arrivals;
        this.reads = reads;
        this.betweenRequests = betweenRequests;
    }

    void throttle(Throttle how) {
        throttle = how;
    }

    ByteBudget budget() {
        return intakes.get().budget();
    }

    /** Whether a body has been begun and is paid for. */
    boolean isFinishing() {
        return !arrivals.isEmpty();
    }

    long waits(long now) {
        return now - since;
    }

    /** @param enough waiting did not help: the client is to be told before it waits again */
    void goOn(boolean enough) {
        waiting = false;
        waitedEnough = enough;
        reads.hold(Reason.TURN, false);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        reads.hold(Reason.UNREAD, !ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ReadTurns turns = ReadTurns.current();
        if (!turns.isShort(budget())) {
            waitedEnough = false;
            if (narrow && System.nanoTime() - since > WIDE_AGAIN_NANOS) {
                narrow = false;
                throttle.narrow(false);
            }
        } else if (!waiting && !waitedEnough && !(betweenRequests && isFinishing())) {
            hold(ctx, turns);
        }
        ctx.fireChannelReadComplete();
    }

    private void hold(ChannelHandlerContext ctx, ReadTurns turns) {
        waiting = true;
        since = System.nanoTime();
        reads.hold(Reason.TURN, true);
        turns.join(this, ctx.executor());
        if (!narrow) {
            narrow = true;
            throttle.narrow(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (waiting) {
            waiting = false;
            ReadTurns.current().leave(this);
        }
        ctx.fireChannelInactive();
    }
}
