package io.lightvessel.gateway.net.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections to one origin. Those that are free are used in turn, and there are some to each of the
 * origin's addresses, so requests spread over them.
 */
final class OriginConnections {
    private static final int MOST_IDLE = 16;
    private static final long AVOID_SECONDS = 10;

    private final EventLoop loop;
    private final HttpOrigin origin;
    private final Dialer dialer;
    private final AddressBook addresses = new AddressBook();
    private final Deque<HttpClientConnection> idle = new ArrayDeque<>();
    private boolean adding;
    private boolean closed;

    OriginConnections(EventLoop loop, HttpOrigin origin, Dialer dialer) {
        this.loop = loop;
        this.origin = origin;
        this.dialer = dialer;
    }

    HttpOrigin origin() {
        return origin;
    }

    /**
     * A free connection, null for none: the one that was free for longest, whose address is likeliest to be the next in
     * turn, or where all go to one address the one used last, of which the caches still hold something.
     */
    @Nullable
    HttpClientConnection idle() {
        HttpClientConnection next = addresses.areSeveralOpen() ? idle.pollFirst() : idle.pollLast();
        if (next != null && addresses.hasUncovered() && !adding && addresses.connections() < MOST_IDLE) {
            add();
        }
        return next;
    }

    /** Nobody waits for a connection to an address that has none yet, as long as there are others. */
    private void add() {
        adding = true;
        connect(true, this::added, _ -> loop.schedule(() -> adding = false, 1, TimeUnit.SECONDS));
    }

    private void added(HttpClientConnection connection) {
        adding = false;
        keep(connection);
    }

    void connect(Consumer<HttpClientConnection> ready, Consumer<String> failed) {
        connect(false, ready, failed);
    }

    private void connect(boolean elsewhere, Consumer<HttpClientConnection> ready, Consumer<String> failed) {
        dialer.dial(new Dialer.Wish() {
            @Override
            public EventLoop loop() {
                return loop;
            }

            @Override
            public HttpOrigin origin() {
                return origin;
            }

            @Override
            public List<InetAddress> choose(List<InetAddress> found, int turn) {
                addresses.found(found);
                return elsewhere ? addresses.uncovered(turn) : addresses.order(turn);
            }

            @Override
            public void trying(InetAddress address, Channel channel) {
                addresses.opened(address);
                channel.closeFuture().addListener(_ -> addresses.closed(address));
            }

            @Override
            public void unreachable(InetAddress address) {
                avoid(address);
            }

            @Override
            public void ready(InetAddress address, Channel channel) {
                ready.accept(HttpClientConnection.install(channel, address, OriginConnections.this, dialer.rules()));
            }

            @Override
            public void failed(String why) {
                failed.accept(why);
            }
        });
    }

    /** Leaves an address alone for a while, if there are others. */
    void avoid(InetAddress address) {
        if (addresses.avoid(address)) {
            loop.schedule(() -> addresses.forgive(address), AVOID_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Keeps a connection for the next exchange. */
    void keep(HttpClientConnection connection) {
        if (closed || idle.size() >= MOST_IDLE) {
            connection.close();
        } else {
            idle.addLast(connection);
        }
    }

    void forget(HttpClientConnection connection) {
        idle.remove(connection);
    }

    void close() {
        closed = true;
        List.copyOf(idle).forEach(HttpClientConnection::close);
        idle.clear();
    }
}
