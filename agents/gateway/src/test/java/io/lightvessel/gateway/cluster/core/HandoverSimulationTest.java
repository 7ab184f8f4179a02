package io.lightvessel.gateway.cluster.core;

import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.DRAIN_TIMEOUT;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.TIMING;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.assertSettled;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.halfOfTheSeeds;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.join;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.targets;
import static io.lightvessel.gateway.cluster.core.AgreementSimulationTest.world;
import static io.lightvessel.gateway.cluster.core.World.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.TargetKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is handed over survives a change of plans, as long as somebody who has it does. */
class HandoverSimulationTest {

    private static World livelyWorld(long seed, int replicas, Set<TargetKey> targets) {
        World world = world(seed, seed % 2 == 0 ? TieBreak.COORDINATOR : TieBreak.ARBITER, replicas, targets);
        world.prompt = world.random.nextInt(4) > 0;
        world.quickest = MS / 20;
        world.slowest = List.of(MS / 10, MS, 20 * MS, 300 * MS).get(world.random.nextInt(4));
        return world;
    }

    /** As an agent ends: its pools go first, then it. */
    private static void end(World world, Node node) {
        node.withdraw();
        world.after(world.random.nextLong(2_000 * MS), node::leave);
    }

    @Test
    void whoLeavesTogetherPassesOnWhatTheOthersGaveIt() {
        halfOfTheSeeds(seed -> {
            Set<TargetKey> targets = targets(100);
            World world = livelyWorld(seed, 4 + (int) (seed % 3), targets);
            for (int round = 0; round < 3; round++) {
                List<Node> leavers = new ArrayList<>(world.running());
                Collections.shuffle(leavers, world.random);
                leavers = leavers.subList(0, 2 + world.random.nextInt(leavers.size() - 3));
                leavers.forEach(node -> world.after(world.random.nextLong(400 * MS), () -> end(world, node)));
                if (world.random.nextInt(3) == 0) {
                    world.after(world.random.nextLong(400 * MS), () -> join(world, targets));
                }
                world.runFor(2_400 * MS + DRAIN_TIMEOUT);
                assertThat(leavers)
                        .allSatisfy(node -> assertThat(node.left)
                                .as(() -> node + " has left, after\n" + world.story(AgreementSimulationTest.NO_TARGET))
                                .isTrue());
                world.runFor(2 * TIMING.lease());
                assertSettled(world, targets);
                while (world.running().size() < 4) {
                    join(world, targets);
                }
                world.runFor(6_000 * MS + world.random.nextLong(12_000 * MS));
            }
            assertNothingMissed(world);
        });
    }

    @Test
    void aTargetThatIsFoundAgainWhileItsStateWaitsIsGoneOnWith() {
        halfOfTheSeeds(seed -> {
            Set<TargetKey> targets = targets(30);
            World world = livelyWorld(seed, 2, targets);
            Node joined = join(world, targets);
            // It forgets some just when they come, and finds them again a little later.
            for (int i = 0; i < 20; i++) {
                world.after(world.random.nextLong(4_000 * MS), () -> joined.discover(some(world, targets)));
            }
            world.after(4_000 * MS, () -> joined.discover(targets));
            world.runFor(30_000 * MS);
            assertSettled(world, targets);
        });
    }

    private static Set<TargetKey> some(World world, Set<TargetKey> targets) {
        Set<TargetKey> some = new HashSet<>(targets);
        some.removeIf(_ -> world.random.nextInt(3) == 0);
        return some;
    }

    @Test
    void whatGoesToAReplicaThatDiesIsGivenToAnother() {
        halfOfTheSeeds(seed -> {
            Set<TargetKey> targets = targets(100);
            World world = livelyWorld(seed, 3, targets);
            Node joined = join(world, targets);
            awaitMoves(world, joined);
            world.runFor(world.random.nextLong(400 * MS));
            Set<TargetKey> elsewhere = new HashSet<>(world.owners().keySet());
            elsewhere.removeAll(joined.holding());
            joined.crash();
            world.runFor(40_000 * MS);
            assertSettled(world, targets);
            assertThat(world.slots.longestGap())
                    .as("slots of 1 s missed in a row, %s", world.story(world.slots.incomplete()))
                    .isLessThanOrEqualTo(14);
            elsewhere.retainAll(world.slots.blind);
            assertThat(elsewhere).as("were with others when it died").isEmpty();
        });
    }

    @Test
    void aCoordinatorThatDiesTakesNoHandoversOfOthersAlong() {
        halfOfTheSeeds(seed -> {
            Set<TargetKey> targets = targets(100);
            World world = livelyWorld(seed, 3, targets);
            Node joined = join(world, targets);
            awaitMoves(world, joined);
            world.runFor(world.random.nextLong(400 * MS));
            Node coordinator = world.nodes.get(joined.snapshot().coordinator());
            Set<TargetKey> ofOthers = new HashSet<>(targets);
            ofOthers.removeAll(coordinator.wereHeld());
            coordinator.crash();
            world.runFor(40_000 * MS);
            assertSettled(world, targets);
            ofOthers.retainAll(world.slots.blind);
            assertThat(ofOthers)
                    .as(() -> "of others, after\n"
                            + world.story(ofOthers.stream().findFirst().orElse(null)))
                    .isEmpty();
        });
    }

    private static void awaitMoves(World world, Node to) {
        int before = to.moves;
        for (int i = 0; i < 10_000 && to.moves == before; i++) {
            world.runFor(2 * MS);
        }
    }

    private static void assertNothingMissed(World world) {
        // Where a message takes a third of a second, one that is passed on twice is late for slots of a second.
        TargetKey incomplete = world.slowest > 20 * MS ? null : world.slots.incomplete();
        assertThat(incomplete)
                .as(() -> "missed slots: " + world.slots.missed() + " after " + world.story(incomplete))
                .isNull();
        assertThat(world.slots.blind)
                .as(() -> "taken without hand-over, after\n"
                        + world.story(world.slots.blind.stream().findFirst().orElse(null)))
                .isEmpty();
    }
}
