package io.lightvessel.gateway.net.http;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connections and exchanges of one event loop, on which everything here runs. */
final class LoopConnections {
    private final EventLoop loop;
    private final Dialer dialer;
    private final Map<HttpOrigin, OriginConnections> origins = new HashMap<>();
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

    OriginConnections to(HttpOrigin origin) {
        OriginConnections known = origins.get(origin);
        if (known == null) {
            known = new OriginConnections(loop, origin, dialer);
            origins.put(origin, known);
            if (closed) {
                known.close();
            }
        }
        return known;
    }

    void close() {
        closed = true;
        for (HttpExchange exchange : List.copyOf(exchanges)) {
            exchange.fail("the exporter is stopping");
        }
        origins.values().forEach(OriginConnections::close);
    }
}
