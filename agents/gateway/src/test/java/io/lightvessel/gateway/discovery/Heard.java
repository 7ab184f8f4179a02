package io.lightvessel.gateway.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers what a discovery has told, and that it told it as it must. */
public final class Heard implements Discovery.Listener {

    private final Map<String, TargetGroup> groups = new TreeMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private @Nullable String problem;
    private @Nullable String breach;
    private int told;

    @Override
    public void changed(List<TargetGroup> changed) {
        enter();
        synchronized (this) {
            for (TargetGroup group : changed) {
                if (group.source().isEmpty()) {
                    breach = "a group without a source";
                }
                if (group.targets().isEmpty()) {
                    groups.remove(group.source());
                } else {
                    groups.put(group.source(), group);
                }
            }
            told++;
            notifyAll();
        }
        telling.set(false);
    }

    @Override
    public void problem(@Nullable String message) {
        enter();
        synchronized (this) {
            problem = message;
            told++;
            notifyAll();
        }
        telling.set(false);
    }

    private void enter() {
        if (!telling.compareAndSet(false, true)) {
            synchronized (this) {
                breach = "told by two threads at a time";
            }
        }
    }

    /** How often it was told anything. */
    public synchronized int told() {
        return told;
    }

    public synchronized @Nullable String problem() {
        return problem;
    }

    public synchronized @Nullable String breach() {
        return breach;
    }

    /** All labels of each target as relabelling would see them, by address. */
    public synchronized Map<String, Map<String, String>> targets() {
        Map<String, Map<String, String>> targets = new TreeMap<>();
        for (TargetGroup group : groups.values()) {
            for (Map<String, String> target : group.targets()) {
                Map<String, String> all = new HashMap<>(group.labels());
                all.putAll(target);
                targets.put(String.valueOf(all.get("__address__")), all);
            }
        }
        return targets;
    }

    public synchronized Set<String> sources() {
        return new TreeSet<>(groups.keySet());
    }

    /** @param again makes the discovery look again, if it does so only now and then */
    public void awaitAddresses(Set<String> addresses, Runnable again) {
        await(() -> targets().keySet().equals(addresses), again);
    }

    public void await(BooleanSupplier condition, Runnable again) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            again.run();
            synchronized (this) {
                if (condition.getAsBoolean()) {
                    return;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("targets " + targets() + ", problem " + problem);
                }
                try {
                    wait(20);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
