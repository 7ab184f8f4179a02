package io.lightvessel.gateway.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stops reading from clients that do not read their answers: these would pile up without a bound. */
@Sharable
final class ReadWhenWritable extends ChannelInboundHandlerAdapter {
    static final ReadWhenWritable INSTANCE = new ReadWhenWritable();

    private ReadWhenWritable() {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }
}
