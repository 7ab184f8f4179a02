package io.lightvessel.gateway.server;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Tells clients apart that have not said who they are. */
final class Addresses {
    private static final Object UNKNOWN = "unknown";

    private Addresses() {}

    /** The address of a client without its port: connections of one machine count as one client. */
    static Object client(Channel channel) {
        // Streams of an HTTP/2 connection are channels without an address.
        Channel connection = channel.parent() == null ? channel : connection(channel);
        SocketAddress remote = connection.remoteAddress();
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null ? inet.getAddress() : UNKNOWN;
    }

    private static Channel connection(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress ? channel : channel.parent();
    }
}
