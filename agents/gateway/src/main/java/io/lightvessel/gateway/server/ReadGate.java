package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says when a connection is read: not while its client leaves answers unread, which would pile up, and for a moment not
 * while memory runs short. Waiting costs nothing, while what is read only to be refused takes the processor from what
 * could be sent on. Only when a moment does not help are clients told, by a refusal.
 */
final class ReadGate extends ChannelInboundHandlerAdapter {
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 64;
    private static final long MOST_MILLIS = 250;

    private final Supplier<Intake> intakes;
    private boolean paused;
    private boolean pausedEnough;

    ReadGate(Supplier<Intake> intakes) {
        this.intakes = intakes;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        update(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ByteBudget budget = intakes.get().budget();
        if (!isShort(budget)) {
            pausedEnough = false;
        } else if (!paused && !pausedEnough) {
            paused = true;
            update(ctx);
            lookAgain(ctx, FIRST_PAUSE_MILLIS, MOST_MILLIS);
        }
        ctx.fireChannelReadComplete();
    }

    private void lookAgain(ChannelHandlerContext ctx, long millis, long left) {
        ctx.executor()
                .schedule(
                        () -> {
                            if (isEased(intakes.get().budget()) || left <= millis) {
                                pausedEnough = left <= millis;
                                paused = false;
                                update(ctx);
                            } else {
                                lookAgain(ctx, Math.min(LONGEST_PAUSE_MILLIS, millis * 2), left - millis);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void update(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(!paused && ctx.channel().isWritable());
    }

    private static boolean isShort(ByteBudget budget) {
        return budget.used() > budget.capacity() / 8 * 5;
    }

    private static boolean isEased(ByteBudget budget) {
        return budget.used() <= budget.capacity() / 2;
    }
}
