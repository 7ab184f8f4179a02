package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real replicas over real sockets, in one process. */
class ClusteredOwnershipIT {

    @Test
    void fromTwoToSixAndBackEveryMoveIsHandedOver() throws Exception {
        List<TargetKey> targets = Replicas.targets(600);
        try (Replicas replicas = new Replicas(6, 2, Duration.ofSeconds(6), "a secret of some length", null)) {
            replicas.start(targets, 2, 2000);
            replicas.start(targets, 2, 2000);
            replicas.awaitSettled(targets);
            int blind = blind(replicas);
            assertThat(blind).as("taken for the first time").isEqualTo(targets.size());
            for (int i = 0; i < 4; i++) {
                replicas.start(targets, 2, 2000);
            }
            replicas.awaitSettled(targets);
            assertThat(blind(replicas)).as("taken without hand-over").isEqualTo(blind);
            int gone = 0;
            for (int i = 0; i < 4; i++) {
                Replicas.One leaving = replicas.running().getFirst();
                replicas.stop(leaving);
                gone += leaving.pool().blind.get();
                assertThat(leaving.pool().owned()).as("left behind").isEmpty();
                assertThat(leaving.pool().lost).as("lost").hasValue(0);
                replicas.awaitSettled(targets);
            }
            assertThat(blind(replicas) + gone).as("taken without hand-over").isEqualTo(blind);
        }
    }

    private static int blind(Replicas replicas) {
        return replicas.running().stream()
                .mapToInt(one -> one.pool().blind.get())
                .sum();
    }

    @Test
    void everyReplicaAnswersTheSame() throws Exception {
        List<TargetKey> targets = Replicas.targets(50);
        try (Replicas replicas = new Replicas(2, 2, Duration.ofSeconds(6), null, null)) {
            Replicas.One first = replicas.start(targets, 2, 8);
            Replicas.One second = replicas.start(targets, 2, 8);
            replicas.awaitSettled(targets);
            Replicas.await(
                    "the same answer",
                    () -> first.ownership().view().targets().size() == targets.size()
                            && owners(first).equals(owners(second)),
                    () -> List.of(owners(first), owners(second)));
            OwnershipView view = first.ownership().view();
            assertThat(view.replicas()).hasSize(2);
            assertThat(view.replicas().stream().filter(OwnershipView.Replica::coordinator))
                    .hasSize(1);
            assertThat(view.targets())
                    .allSatisfy(target ->
                            assertThat(target.ifOwnerLeft()).isNotNull().isNotEqualTo(target.owner()));
        }
    }

    private static java.util.Map<TargetKey, String> owners(Replicas.One one) {
        java.util.Map<TargetKey, String> owners = new java.util.HashMap<>();
        one.ownership().view().targets().forEach(target -> owners.put(target.key(), String.valueOf(target.owner())));
        return owners;
    }

    @Test
    void aStrangerWithoutTheSecretIsNotLetIn() throws Exception {
        List<TargetKey> targets = Replicas.targets(10);
        try (Replicas known = new Replicas(2, 1, Duration.ofSeconds(6), "a secret of some length", null)) {
            Replicas.One one = known.start(targets, 1, 8);
            known.awaitSettled(targets);
            try (Replicas strangers = known.withSecret("another secret, as long")) {
                Replicas.One stranger = strangers.start(targets, 1, 8);
                // It looks for more than one replica, for discovery names more, and finds none.
                Replicas.await(
                        "the stranger's complaint",
                        () -> stranger.ownership().view().problem().startsWith("1 replicas are in reach"),
                        () -> stranger.ownership().view());
                assertThat(one.ownership().view().replicas()).hasSize(1);
            }
        }
    }
}
