package io.lightvessel.bench;

import io.lightvessel.gateway.cluster.ClusteredOwnership;
import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.cluster.core.Timing;
import io.lightvessel.gateway.cluster.jgroups.HostPort;
import io.lightvessel.gateway.cluster.jgroups.JGroupsTransport;
import io.lightvessel.gateway.cluster.jgroups.PeerAddresses;
import io.lightvessel.gateway.cluster.jgroups.SharedSecret;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long it takes from a change of members until every target has one owner and every replica its part. The
 * replicas are in this process and talk over TLS on the loopback interface; nothing is scraped. The time begins when a
 * new replica is connected, or when one is told to leave.
 */
final class ClusterBench {
    private static final Duration DETECTION = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "bench";
    private static final String POOL = "pool";
    /** More than this above its fair part is not settled. */
    private static final double EVEN = 1.10;

    private record Running(ClusteredOwnership ownership, Ownership.Share share, HostPort at) {}

    private final ClusterOptions options;
    private final PrintStream out;
    private final List<TargetKey> targets;
    private final List<HostPort> addresses = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final LongAdder blind = new LongAdder();
    private final byte[] state;

    ClusterBench(ClusterOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.state = new byte[options.stateBytes()];
        this.targets = LongStream.range(0, options.targets())
                .mapToObj(i -> new TargetKey(POOL, i * 0x9E3779B97F4A7C15L))
                .toList();
    }

    void run() throws InterruptedException {
        try {
            for (int i = 0; i < options.most(); i++) {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    addresses.add(new HostPort("127.0.0.1", socket.getLocalPort()));
                }
            }
            start();
            start();
            awaitSettled();
            blind.reset();
            for (int round = 0; round < options.rounds(); round++) {
                changes();
            }
            out.printf(Locale.ROOT, "%d targets were taken without a hand-over%n", blind.sum());
        } catch (IOException e) {
            throw new Failure("a replica cannot connect: " + e.getMessage(), e);
        } finally {
            running.forEach(each -> each.ownership().close());
        }
    }

    private void changes() throws IOException, InterruptedException {
        while (running.size() < options.most()) {
            start();
            long began = System.nanoTime();
            awaitSettled();
            report("joins", began);
        }
        while (running.size() > 2) {
            Running leaver = running.removeFirst();
            long began = System.nanoTime();
            Thread leaving = Thread.ofPlatform().start(() -> leaver.ownership().close());
            awaitSettled();
            report("leaves", began);
            leaving.join();
        }
    }

    private void report(String what, long began) {
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        out.printf(
                Locale.ROOT,
                "one %-6s %d replicas: %,d targets settled after %,d ms%n",
                what + ",",
                running.size(),
                options.targets(),
                millis);
    }

    private void start() throws IOException {
        HostPort at = addresses.stream()
                .filter(address -> running.stream().noneMatch(each -> each.at().equals(address)))
                .findFirst()
                .orElseThrow();
        JGroupsTransport transport = new JGroupsTransport(new JGroupsTransport.Options(
                at,
                null,
                NAME,
                "replica at " + at,
                PeerAddresses.fixed(addresses.subList(0, 2)),
                DETECTION,
                SharedSecret.tls("known to this benchmark alone", NAME)));
        ClusteredOwnership ownership =
                new ClusteredOwnership(transport, Timing.of(DETECTION, LEASE, 2, PATIENCE), null, PATIENCE, _ -> {});
        Ownership.Share share = ownership.join(POOL, new Handing());
        share.discovered(targets);
        ownership.start();
        running.add(new Running(ownership, share, at));
    }

    /** Owns targets without doing anything with them. */
    private final class Handing implements Ownership.Owner {
        @Override
        public void take(TargetKey key, @Nullable Handover handover) {
            if (handover == null) {
                blind.increment();
            }
        }

        @Override
        public CompletionStage<Handover> give(TargetKey key) {
            return CompletableFuture.completedFuture(new Handover(Instant.EPOCH, state));
        }

        @Override
        public void lose(TargetKey key) {
            // There is nothing to stop.
        }
    }

    private void awaitSettled() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isSettled()) {
            if (Instant.now().isAfter(end)) {
                throw new Failure("not every target had an owner, and every replica its part, after "
                        + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(5);
        }
    }

    private boolean isSettled() {
        long all = 0;
        double most = 0;
        for (Running each : running) {
            long held = targets.stream().filter(each.share()::holds).count();
            all += held;
            most = Math.max(most, held);
        }
        return all == targets.size() && most * running.size() <= EVEN * targets.size();
    }
}
