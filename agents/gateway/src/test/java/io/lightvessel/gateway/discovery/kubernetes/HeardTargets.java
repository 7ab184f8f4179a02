package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.TargetGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Remembers what a discovery has told. */
final class HeardTargets implements Discovery.Listener {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<String, TargetGroup> groups = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private String problem;
    private int told;

    @Override
    public synchronized void changed(List<TargetGroup> changed) {
        for (TargetGroup group : changed) {
            if (group.targets().isEmpty()) {
                groups.remove(group.source());
            } else {
                groups.put(group.source(), group);
            }
        }
        told++;
        notifyAll();
    }

    @Override
    public synchronized void problem(String message) {
        problem = message;
        problems.add(message);
        notifyAll();
    }

    /** The labels of every target as relabelling would see them, by address. */
    synchronized Map<String, Map<String, String>> targets() {
        Map<String, Map<String, String>> targets = new TreeMap<>();
        for (TargetGroup group : groups.values()) {
            for (Map<String, String> target : group.targets()) {
                Map<String, String> all = new HashMap<>(group.labels());
                all.putAll(target);
                targets.put(target.get("__address__"), all);
            }
        }
        return targets;
    }

    synchronized List<TargetGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Waits until there are so many, those with equal addresses counted each. */
    void awaitCount(int expected) {
        await(
                () -> groups().stream()
                                .mapToInt(group -> group.targets().size())
                                .sum()
                        == expected,
                () -> expected + " expected: " + groups() + ", problem " + problem);
    }

    synchronized int told() {
        return told;
    }

    synchronized String problem() {
        return problem;
    }

    /** Waits until the targets fulfil the condition, and tells them. */
    Map<String, Map<String, String>> await(Predicate<Map<String, Map<String, String>>> condition) {
        return await(() -> condition.test(targets()), () -> "targets " + targets() + ", problem " + problem);
    }

    Map<String, Map<String, String>> awaitAddresses(String... addresses) {
        return await(targets -> targets.keySet().equals(Set.of(addresses)));
    }

    void awaitProblem(Predicate<String> condition) {
        await(() -> condition.test(problem), () -> "problems " + problems);
    }

    private synchronized Map<String, Map<String, String>> await(BooleanSupplier condition, Supplier<String> state) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + LONGEST + ": " + state.get());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return targets();
    }
}
