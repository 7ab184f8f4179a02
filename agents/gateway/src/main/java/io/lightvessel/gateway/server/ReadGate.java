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
final class ReadGate extends ChannelInboundHandlerAdapter implements ReadTurns.Waiter {

    /** Lets the client have less under way, or again as much as usual. */
    interface Throttle {
        Throttle NONE = _ -> {};

        void narrow(boolean narrow);
    }

    private static final long WIDE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What is expected of a connection that has not shown yet what it reads at a time. */
    private static final long FIRST_TURN = 512 << 10;

    private static final long SMALLEST_TURN = 16 << 10;

    private final Supplier<ByteBudget> budgets;
    private final Arrivals arrivals;
    private final ReadSwitch reads;
    private final boolean betweenRequests;
    private final Supplier<ReadTurns> turnsOfLoop;
    private Throttle throttle = Throttle.NONE;
    private boolean waiting;
    private boolean narrow;
    private long since;
    private long taken;
    private long turn = FIRST_TURN;

    /** @param betweenRequests never stops within a request: what is behind it could not be known to be another one */
    ReadGate(Supplier<Intake> intakes, Arrivals arrivals, ReadSwitch reads, boolean betweenRequests) {
        this(() -> intakes.get().budget(), arrivals, reads, betweenRequests, ReadTurns::current);
    }

    /** @param turnsOfLoop asked on the connection's event loop */
    ReadGate(
            Supplier<ByteBudget> budgets,
            Arrivals arrivals,
            ReadSwitch reads,
            boolean betweenRequests,
            Supplier<ReadTurns> turnsOfLoop) {
        this.budgets = budgets;
        this.arrivals = arrivals;
        this.reads = reads;
        this.betweenRequests = betweenRequests;
        this.turnsOfLoop = turnsOfLoop;
    }

    void throttle(Throttle how) {
        throttle = how;
    }

    @Override
    public ByteBudget budget() {
        return budgets.get();
    }

    @Override
    public boolean isFinishing() {
        return !arrivals.isEmpty();
    }

    @Override
    public long since() {
        return since;
    }

    /** What it has been lately, for packed bodies become several times as large. */
    @Override
    public long turn() {
        return turn;
    }

    @Override
    public void goOn() {
        waiting = false;
        reads.hold(Reason.TURN, false);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        reads.hold(Reason.UNREAD, !ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ReadTurns turns = turnsOfLoop.get();
        long more = arrivals.taken() - taken;
        taken += more;
        turn = Math.max(SMALLEST_TURN, turn - turn / 4 + more / 4);
        if (!turns.isShort(budget())) {
            if (narrow && turns.now() - since > WIDE_AGAIN_NANOS) {
                narrow = false;
                throttle.narrow(false);
            }
        } else if (!waiting && !(betweenRequests && isFinishing()) && !turns.isTelling()) {
            hold(ctx, turns);
        }
        ctx.fireChannelReadComplete();
    }

    private void hold(ChannelHandlerContext ctx, ReadTurns turns) {
        waiting = true;
        since = turns.now();
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
            turnsOfLoop.get().leave(this);
        }
        ctx.fireChannelInactive();
    }
}
