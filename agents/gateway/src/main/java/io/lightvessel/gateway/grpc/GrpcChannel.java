package io.lightvessel.gateway.grpc;

import io.lightvessel.gateway.net.NameResolver;
import io.lightvessel.gateway.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes unary calls to whatever addresses a name stands for now: one connection to each, calls spread over them. The name
 * is looked up again from time to time and whenever a connection fails, so that replicas that come and go are noticed.
 * Calls under way to an address that is gone may finish.
 */
public final class GrpcChannel {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcChannel.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_MOST = Duration.ofSeconds(2);
    /** A call that chose an address just before it was given up must still find its connection. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(1);

    private final Transport transport;
    private final GrpcTarget target;
    private final Map<String, String> headers;
    private final String userAgent;
    private final Balancing balancing;
    private final NameResolver resolver;
    private final Duration lookAgain;
    private final EventLoop loop;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<GrpcClient> clients = List.of();

    // All of these belong to the event loop.
    private final Map<InetAddress, GrpcClient> byAddress = new LinkedHashMap<>();
    private final Deque<GrpcRequest> waiting = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> nextLook;
    private boolean looking;
    private boolean closed;
    private long lookedAt = System.nanoTime() - LOOK_AT_MOST.toNanos();

    public GrpcChannel(
            Transport transport,
            GrpcTarget target,
            Map<String, String> headers,
            String userAgent,
            Balancing balancing,
            NameResolver resolver) {
        this(transport, target, headers, userAgent, balancing, resolver, LOOK_AGAIN);
    }

    /** @param lookAgain how long addresses are believed while nothing fails */
    GrpcChannel(
            Transport transport,
            GrpcTarget target,
            Map<String, String> headers,
            String userAgent,
            Balancing balancing,
            NameResolver resolver,
            Duration lookAgain) {
        this.transport = transport;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.userAgent = userAgent;
        this.balancing = balancing;
        this.resolver = resolver;
        this.lookAgain = lookAgain;
        this.loop = transport.group().next();
    }

    /** Takes over the request's message; never throws. */
    public void call(GrpcRequest request) {
        List<GrpcClient> current = clients;
        if (current.isEmpty()) {
            onLoop(() -> hold(request), () -> GrpcClient.fail(request, "the agent is stopping"));
        } else {
            choose(current).call(request);
        }
    }

    /** Event loops end with the agent, which is no reason for anybody here to throw. */
    private void onLoop(Runnable task, Runnable otherwise) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.run();
        }
    }

    private GrpcClient choose(List<GrpcClient> current) {
        int first = balancing == Balancing.ROUND_ROBIN ? Math.floorMod(turn.getAndIncrement(), current.size()) : 0;
        for (int i = 0; i < current.size(); i++) {
            GrpcClient client = current.get((first + i) % current.size());
            if (!client.isFailing()) {
                return client;
            }
        }
        return current.get(first);
    }

    private void hold(GrpcRequest request) {
        List<GrpcClient> current = clients;
        if (!current.isEmpty()) {
            choose(current).call(request);
        } else if (closed) {
            GrpcClient.fail(request, "the exporter is stopping");
        } else {
            waiting.add(request);
            look();
        }
    }

    private void look() {
        if (looking || closed) {
            return;
        }
        long pause = LOOK_AT_MOST.toNanos() - (System.nanoTime() - lookedAt);
        looking = true;
        if (pause > 0 && !clients.isEmpty()) {
            loop.schedule(this::resolve, pause, TimeUnit.NANOSECONDS);
        } else {
            resolve();
        }
    }

    private void resolve() {
        String host = target.address().host();
        Thread.ofVirtual().name("lightvessel-resolve").start(() -> {
            try {
                Set<InetAddress> found = resolver.distinct(host);
                onLoop(() -> resolved(found), () -> {});
            } catch (UnknownHostException | RuntimeException e) {
                String message = "cannot resolve " + host + ": " + e.getMessage();
                onLoop(() -> unresolved(message), () -> {});
            }
        });
    }

    private void resolved(Set<InetAddress> found) {
        looked();
        if (closed) {
            return;
        }
        List<GrpcClient> now = new ArrayList<>();
        for (InetAddress address : found) {
            now.add(byAddress.computeIfAbsent(address, this::client));
        }
        byAddress.entrySet().removeIf(entry -> {
            boolean gone = !found.contains(entry.getKey());
            if (gone) {
                GrpcClient client = entry.getValue();
                loop.schedule(client::retire, LAST_CALLS.toNanos(), TimeUnit.NANOSECONDS);
            }
            return gone;
        });
        if (!clients.equals(now)) {
            LOG.info("{} is at {}", target.address(), found);
            clients = List.copyOf(now);
        }
        for (GrpcRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            choose(clients).call(request);
        }
    }

    private GrpcClient client(InetAddress address) {
        return new GrpcClient(
                transport,
                target,
                new InetSocketAddress(address, target.address().port()),
                headers,
                userAgent,
                () -> onLoop(this::look, () -> {}));
    }

    /** What is known goes on counting while the resolver is away. */
    private void unresolved(String message) {
        looked();
        if (!clients.isEmpty()) {
            LOG.warn("{}; going on with the addresses known before", message);
        }
        for (GrpcRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            GrpcClient.fail(request, message);
        }
    }

    private void looked() {
        looking = false;
        lookedAt = System.nanoTime();
        ScheduledFuture<?> planned = nextLook;
        if (planned != null) {
            planned.cancel(false);
        }
        nextLook = closed ? null : loop.schedule(this::look, lookAgain.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets calls under way finish within {@code grace}; blocks, so not for event loops. */
    public void close(Duration grace) {
        loop.submit(() -> {
                    closed = true;
                    ScheduledFuture<?> planned = nextLook;
                    if (planned != null) {
                        planned.cancel(false);
                    }
                    for (GrpcRequest request = waiting.poll(); request != null; request = waiting.poll()) {
                        GrpcClient.fail(request, "the exporter is stopping");
                    }
                })
                .awaitUninterruptibly(grace.toMillis() + 1000);
        long deadline = System.nanoTime() + grace.toNanos();
        for (GrpcClient client : clients) {
            client.startClosing(grace);
        }
        for (GrpcClient client : clients) {
            client.awaitClosed(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
