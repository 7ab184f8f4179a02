package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.Timing;
import io.lightvessel.gateway.cluster.jgroups.HostPort;
import io.lightvessel.gateway.cluster.jgroups.JGroupsTransport;
import io.lightvessel.gateway.cluster.jgroups.PeerAddresses;
import io.lightvessel.gateway.cluster.jgroups.SharedSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Real replicas on the loopback interface. */
public final class Replicas implements AutoCloseable {

    /** One of them, with the pool it scrapes with. */
    public record One(ClusteredOwnership ownership, RecordingPool pool, Ownership.Share share, HostPort at) {}

    private final List<HostPort> addresses = new ArrayList<>();
    private final Set<HostPort> inUse = new HashSet<>();
    private final List<One> running = new ArrayList<>();
    private final Duration lease;
    private final @Nullable String secret;
    private final @Nullable Arbiter arbiter;
    private int names;
    private final int named;

    /** @param named so many of the addresses does discovery name */
    public Replicas(int most, int named, Duration lease, @Nullable String secret, @Nullable Arbiter arbiter)
            throws IOException {
        this.lease = lease;
        this.named = named;
        this.secret = secret;
        this.arbiter = arbiter;
        addresses.addAll(freeAddresses(most));
    }

    /** Found all at once, for a port that is let go may be given again. */
    public static List<HostPort> freeAddresses(int count) throws IOException {
        List<HostPort> free = new ArrayList<>();
        List<ServerSocket> reserved = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            reserved.add(socket);
            free.add(new HostPort("127.0.0.1", socket.getLocalPort()));
        }
        for (ServerSocket socket : reserved) {
            socket.close();
        }
        return free;
    }

    /** Others that know the same addresses but another secret. */
    public Replicas withSecret(String other) throws IOException {
        Replicas strangers = new Replicas(0, 1, lease, other, null);
        strangers.addresses.addAll(addresses);
        running.forEach(one -> strangers.inUse.add(one.at()));
        return strangers;
    }

    public One start(Collection<TargetKey> targets, int minMembers, int stateBytes) throws IOException {
        Set<HostPort> taken = new HashSet<>(inUse);
        running.forEach(one -> taken.add(one.at()));
        HostPort at = addresses.stream()
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow();
        Duration detection = lease.dividedBy(3);
        JGroupsTransport transport = new JGroupsTransport(new JGroupsTransport.Options(
                at,
                null,
                "test",
                "replica-" + ++names,
                PeerAddresses.fixed(addresses.subList(0, named)),
                detection,
                secret == null ? null : SharedSecret.tls(secret, "test")));
        Timing timing = Timing.of(detection, lease, minMembers, Duration.ofSeconds(60));
        ClusteredOwnership ownership =
                new ClusteredOwnership(transport, timing, arbiter, Duration.ofSeconds(20), _ -> {});
        RecordingPool pool = new RecordingPool(stateBytes);
        Ownership.Share share = ownership.join("pool", pool);
        share.discovered(targets);
        ownership.start();
        One one = new One(ownership, pool, share, at);
        running.add(one);
        return one;
    }

    public void stop(One one) {
        running.remove(one);
        one.ownership().close();
    }

    public List<One> running() {
        return List.copyOf(running);
    }

    public static List<TargetKey> targets(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> new TargetKey("pool", i * 0x9E3779B97F4A7C15L))
                .toList();
    }

    /** Who holds each target at this moment; fails when two do. */
    public Map<TargetKey, One> owners(Collection<TargetKey> targets) {
        Map<TargetKey, One> owners = new HashMap<>();
        for (TargetKey key : targets) {
            for (One one : running) {
                if (one.share().holds(key)) {
                    One other = owners.put(key, one);
                    if (other != null && other.share().holds(key) && one.share().holds(key)) {
                        throw new AssertionError(key + " is held by " + other.at() + " and " + one.at());
                    }
                }
            }
        }
        return owners;
    }

    /** Every target has one owner and every replica its part. */
    public boolean isSettled(Collection<TargetKey> targets) {
        Map<TargetKey, One> owners = owners(targets);
        if (owners.size() < targets.size()) {
            return false;
        }
        Map<One, Integer> counts = new HashMap<>();
        owners.values().forEach(one -> counts.merge(one, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return counts.size() == running.size() && most * running.size() <= 1.1 * targets.size();
    }

    public static void await(String what, BooleanSupplier condition, Supplier<Object> otherwise) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(what + " did not come about: " + otherwise.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    public void awaitSettled(Collection<TargetKey> targets) {
        await(
                "one owner for each target and an even load",
                () -> isSettled(targets),
                () -> running.stream()
                        .map(one -> one.ownership().view().replicas() + " "
                                + one.ownership().view().problem() + " owns "
                                + one.pool().owned().size())
                        .toList());
    }

    @Override
    public void close() {
        running().forEach(this::stop);
    }
}
