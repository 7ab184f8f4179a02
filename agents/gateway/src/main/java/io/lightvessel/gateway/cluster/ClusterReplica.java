package io.lightvessel.gateway.cluster;

import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.HealthReporter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code cluster} extension: connects in the background, again and again if need be. */
final class ClusterReplica implements ClusterExtension, ClusterMember {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterReplica.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ClusteredOwnership ownership;
    private final Clusters clusters;
    private final HealthReporter health;
    private final Thread connecting;
    private volatile boolean stopped;

    ClusterReplica(ClusteredOwnership ownership, Clusters clusters, HealthReporter health) {
        this.ownership = ownership;
        this.clusters = clusters;
        this.health = health;
        this.connecting = Thread.ofPlatform().name("cluster-connect").daemon().unstarted(this::connect);
    }

    void begin() {
        clusters.add(ownership);
        health.recoverable("connecting to the other replicas");
        connecting.start();
    }

    /** A predecessor may still have the port for as long as it hands over; an address may come later. */
    private void connect() {
        String told = "";
        while (!stopped) {
            try {
                ownership.start();
                return;
            } catch (IOException e) {
                String problem = String.valueOf(e.getMessage());
                health.recoverable(problem);
                if (!problem.equals(told)) {
                    told = problem;
                    LOG.warn("cluster: {}; trying again", problem);
                }
            }
            try {
                Thread.sleep(AGAIN);
            } catch (InterruptedException e) {
                // Asked to stop.
                return;
            }
        }
    }

    @Override
    public Ownership ownership() {
        return ownership;
    }

    @Override
    public Status clusterStatus() {
        OwnershipView view = ownership.view();
        double average = view.replicas().stream()
                .mapToLong(OwnershipView.Replica::load)
                .average()
                .orElse(0);
        List<Member> members = view.replicas().stream()
                .map(replica -> new Member(
                        replica.name(),
                        replica.address(),
                        replica.coordinator(),
                        replica.targets(),
                        average == 0 ? 0 : replica.load() / average))
                .toList();
        String self = view.replicas().stream()
                .filter(OwnershipView.Replica::self)
                .map(OwnershipView.Replica::name)
                .findFirst()
                .orElse(clusters.agentName());
        return new Status(self, view.view(), phase(view), members);
    }

    private static Phase phase(OwnershipView view) {
        return switch (view.standing()) {
            case "cut_off" -> Phase.FENCED;
            case "member" ->
                view.targets().stream().anyMatch(target -> target.owner() == null || target.movingTo() != null)
                        ? Phase.MOVING
                        : Phase.SETTLED;
            default -> Phase.JOINING;
        };
    }

    @Override
    public void stop(Duration grace) {
        stopped = true;
        connecting.interrupt();
        ownership.close();
        clusters.remove(ownership);
    }
}
