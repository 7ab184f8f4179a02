package io.lightvessel.gateway.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clusters that this process takes part in: one as a rule. */
public final class Clusters {

    private final List<ClusteredOwnership> running = new CopyOnWriteArrayList<>();
    private volatile String agentName = "";

    /** What the agent is called; replicas are called so unless their config says otherwise. */
    public void agentName(String name) {
        agentName = name;
    }

    String agentName() {
        return agentName;
    }

    void add(ClusteredOwnership ownership) {
        running.add(ownership);
    }

    void remove(ClusteredOwnership ownership) {
        running.remove(ownership);
    }

    /** Who owns what, for each cluster. */
    public List<OwnershipView> views() {
        return running.stream().map(ClusteredOwnership::view).toList();
    }

    /** Hands over everything that is owned here and leaves, before anything is stopped; blocks. */
    public void leave() {
        List<Thread> leaving = new ArrayList<>();
        running.forEach(ownership ->
                leaving.add(Thread.ofPlatform().name("cluster-leave").start(ownership::leave)));
        for (Thread thread : leaving) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
