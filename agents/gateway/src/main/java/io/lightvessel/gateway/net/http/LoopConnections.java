package io.lightvessel.gateway.net.http;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, on which everything here runs: those in use and those that wait to be. */
final class LoopConnections {
    private static final int MOST_IDLE = 16;

    private final EventLoop loop;
    private final Dialer dialer;
    private final Map<HttpOrigin, Deque<HttpClientConnection>> idle = new HashMap<>();
    private final Set<HttpExchange> exchanges = new HashSet<>();
    private boolean closed;

    LoopConnections(EventLoop loop, Dialer dialer) {
        this.loop = loop;
        this.dialer = dialer;
    }

    EventLoop loop() {
        return loop;
    }

    void began(HttpExchange exchange) {
        exchanges.add(exchange);
    }

    void ended(HttpExchange exchange) {
        exchanges.remove(exchange);
    }

    /** The connection used last, which is the likeliest to be still open; null for none. */
    @Nullable
    HttpClientConnection idle(HttpOrigin origin) {
        Deque<HttpClientConnection> known = idle.get(origin);
        return known == null ? null : known.pollLast();
    }

    void connect(HttpOrigin origin, Consumer<HttpClientConnection> ready, Consumer<String> failed) {
        dialer.dial(loop, origin, channel -> ready.accept(HttpClientConnection.install(channel, origin, this)), failed);
    }

    /** Keeps a connection for the next exchange. */
    void keep(HttpClientConnection connection) {
        Deque<HttpClientConnection> known = idle.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>());
        if (closed || known.size() >= MOST_IDLE) {
            connection.close();
        } else {
            known.addLast(connection);
        }
    }

    void forget(HttpClientConnection connection) {
        Deque<HttpClientConnection> known = idle.get(connection.origin());
        if (known != null && known.remove(connection) && known.isEmpty()) {
            idle.remove(connection.origin());
        }
    }

    void close() {
        closed = true;
        for (HttpExchange exchange : List.copyOf(exchanges)) {
            exchange.fail("the exporter is stopping");
        }
        List<HttpClientConnection> rest = new ArrayList<>();
        idle.values().forEach(rest::addAll);
        rest.forEach(HttpClientConnection::close);
        idle.clear();
    }
}
