package io.lightvessel.gateway.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections whose peer broke the protocol, quietly: strangers must not be able to fill the log. */
@Sharable
final class PeerErrors extends ChannelInboundHandlerAdapter {
    static final PeerErrors INSTANCE = new PeerErrors();

    private static final Logger LOG = LoggerFactory.getLogger(PeerErrors.class);

    private PeerErrors() {}

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("closing {}: {}", ctx.channel(), cause.toString());
        ctx.close();
    }
}
