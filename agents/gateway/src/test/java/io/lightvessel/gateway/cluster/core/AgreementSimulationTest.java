package io.lightvessel.gateway.cluster.core;

import static io.lightvessel.gateway.cluster.core.World.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.TargetKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * The very code of the agreement in a simulated world. Two owners at one moment, or a slot scraped twice, fail inside
 * {@link World}. {@code -Dlightvessel.cluster.seeds} sets how many worlds there are, {@code ...seed} picks one.
 */
class AgreementSimulationTest {

    private static final int SEEDS = Integer.getInteger("lightvessel.cluster.seeds", 60);
    private static final Integer ONE = Integer.getInteger("lightvessel.cluster.seed");
    static final Timing TIMING = Timing.of(Duration.ofSeconds(3), Duration.ofSeconds(8), 2, Duration.ZERO);

    static final long DRAIN_TIMEOUT = 10_000 * MS;

    /** Whose story is that of the replicas alone. */
    static final TargetKey NO_TARGET = new TargetKey("none", 0);

    static void everySeed(LongConsumer run) {
        firstSeeds(SEEDS, run);
    }

    static void halfOfTheSeeds(LongConsumer run) {
        firstSeeds(SEEDS / 2, run);
    }

    private static void firstSeeds(int count, LongConsumer run) {
        int from = ONE == null ? 1 : ONE;
        int to = ONE == null ? count : ONE;
        for (int seed = from; seed <= to; seed++) {
            try {
                run.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    static Set<TargetKey> targets(int count) {
        Set<TargetKey> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            keys.add(new TargetKey("pool", i * 0x9E3779B97F4A7C15L));
        }
        return keys;
    }

    static World world(long seed, TieBreak tieBreak, int replicas, Set<TargetKey> targets) {
        World world = new World(seed, TIMING, tieBreak);
        world.expected = replicas;
        for (int i = 0; i < replicas; i++) {
            join(world, targets);
        }
        world.runFor(15_000 * MS);
        // From here on nobody founds a cluster of its own.
        world.expected = 1000;
        world.connectionsChanged();
        assertSettled(world, targets);
        return world;
    }

    static Node join(World world, Set<TargetKey> targets) {
        Node node = world.start();
        node.discover(targets);
        targets.forEach(key -> node.cost(key, 50 + Math.floorMod(key.hash() >>> 7, 100)));
        return node;
    }

    static void assertSettled(World world, Set<TargetKey> targets) {
        Set<TargetKey> unowned = new HashSet<>(targets);
        unowned.removeAll(world.owners().keySet());
        assertThat(unowned.size())
                .as("targets without owner at %s ms: %s", world.now() / MS, state(world))
                .isZero();
        List<Node> running = world.running();
        assertThat(running)
                .allSatisfy(node -> assertThat(node.snapshot().members())
                        .as("members as seen by %s", node)
                        .hasSameSizeAs(running));
        if (targets.size() < 40) {
            // Too few to be spread evenly.
            return;
        }
        double total = 0;
        double most = 0;
        for (Node node : running) {
            double load = node.holding().stream()
                    .mapToDouble(key -> 50 + Math.floorMod(key.hash() >>> 7, 100))
                    .sum();
            total += load;
            most = Math.max(most, load);
        }
        assertThat(most / (total / running.size())).as("most loaded by average").isLessThanOrEqualTo(1.10);
    }

    private static List<String> state(World world) {
        List<String> state = new ArrayList<>();
        for (Node node : world.nodes.values()) {
            Snapshot s = node.snapshot();
            state.add(node + (node.isRunning() ? "" : " (ended)") + " " + s.standing() + " view " + s.view() + " term "
                    + s.term() + " of " + s.members().size() + " coordinator " + s.coordinator() + " holds "
                    + node.holding().size() + " " + s.problem());
        }
        return state;
    }

    @Test
    void replicasThatComeAndGoInOrderLoseNoSlot() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(80);
            World world = world(seed, TieBreak.COORDINATOR, 2, targets);
            for (int i = 0; i < 4; i++) {
                join(world, targets);
                world.runFor(world.random.nextLong(10_000 * MS));
            }
            world.runFor(10_000 * MS);
            assertSettled(world, targets);
            for (int i = 0; i < 4; i++) {
                List<Node> running = world.running();
                running.get(world.random.nextInt(running.size())).leave();
                world.runFor(5_000 * MS + world.random.nextLong(10_000 * MS));
            }
            world.runFor(10_000 * MS);
            assertThat(world.running()).hasSize(2);
            assertSettled(world, targets);
            TargetKey incomplete = world.slots.incomplete();
            assertThat(incomplete)
                    .as(() -> "missed slots: " + world.slots.missed() + " after " + world.story(incomplete))
                    .isNull();
            assertThat(world.slots.blind).as("taken without hand-over").isEmpty();
        });
    }

    @Test
    void coordinatorsThatLeaveOneAfterTheOtherLeaveTheLastOneToGoOn() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(10);
            TieBreak tieBreak = seed % 2 == 0 ? TieBreak.COORDINATOR : TieBreak.ARBITER;
            World world = world(seed, tieBreak, seed % 3 == 0 ? 4 : 2, targets);
            world.prompt = world.random.nextInt(4) > 0;
            world.quickest = MS / 20;
            world.slowest = List.of(MS / 10, MS, 20 * MS, 300 * MS).get(world.random.nextInt(4));
            world.loss = world.random.nextInt(3) == 0 ? 0.05 : 0;
            for (int leaves = 0; world.running().size() > 1 || leaves < 3; leaves++) {
                if (world.running().size() == 1) {
                    join(world, targets);
                    world.runFor(12_000 * MS);
                    assertSettled(world, targets);
                }
                List<Node> running = world.running();
                Node leaving = world.random.nextInt(4) > 0
                        ? world.nodes.get(running.getFirst().snapshot().coordinator())
                        : running.get(world.random.nextInt(running.size()));
                if (world.random.nextBoolean()) {
                    leaving.withdraw();
                    world.runFor(world.random.nextLong(5_000 * MS));
                }
                leaving.leave();
                world.runFor(DRAIN_TIMEOUT);
                assertThat(leaving.left)
                        .as(() -> leaving + " has left, after\n" + world.story(NO_TARGET))
                        .isTrue();
                // Longer than any lease that was given before.
                world.runFor(2 * TIMING.lease());
                assertSettled(world, targets);
                assertThat(world.running())
                        .allSatisfy(
                                node -> assertThat(node.snapshot().problem()).isEmpty());
            }
            TargetKey incomplete = world.slots.incomplete();
            assertThat(incomplete)
                    .as(() -> "missed slots: " + world.slots.missed() + " after " + world.story(incomplete))
                    .isNull();
            assertThat(world.slots.blind).as("taken without hand-over").isEmpty();
        });
    }

    @Test
    void whenAllLeaveAtOnceNoneWaitsInVain() {
        everySeed(seed -> {
            TieBreak tieBreak = seed % 2 == 0 ? TieBreak.COORDINATOR : TieBreak.ARBITER;
            World world = world(seed, tieBreak, 2 + (int) (seed % 3), targets(10));
            world.prompt = true;
            List<Node> all = world.running();
            all.forEach(node -> world.after(world.random.nextLong(2_000 * MS), node::leave));
            world.runFor(2_000 * MS + DRAIN_TIMEOUT);
            assertThat(all)
                    .allSatisfy(node -> assertThat(node.left)
                            .as(() -> node + " has left, after\n" + world.story(NO_TARGET))
                            .isTrue());
        });
    }

    @Test
    void aCrashedReplicasTargetsAreTakenOverOnceItsLeaseIsSurelyOver() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(40);
            TieBreak tieBreak = seed % 2 == 0 ? TieBreak.COORDINATOR : TieBreak.ARBITER;
            int replicas = 4 + (int) (seed % 3);
            World world = world(seed, tieBreak, replicas, targets);
            for (int i = 0; i < 2; i++) {
                List<Node> running = world.running();
                running.get(world.random.nextInt(running.size())).crash();
                world.runFor(20_000 * MS);
                assertSettled(world, targets);
            }
            assertThat(world.slots.longestGap())
                    .as("slots of 1 s missed in a row")
                    .isLessThanOrEqualTo(14);
        });
    }

    @Test
    void withAnArbiterEitherOfTwoGoesOn() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(20);
            World world = world(seed, TieBreak.ARBITER, 2, targets);
            Node last = world.running().get((int) (seed % 2));
            Set<TargetKey> ofLast = new HashSet<>(last.holding());
            world.running().get((int) (1 - seed % 2)).crash();
            world.runFor(25_000 * MS);
            assertSettled(world, targets);
            ofLast.retainAll(world.slots.blind);
            assertThat(ofLast)
                    .as(() -> "of the last one, which lost its lease, after "
                            + world.story(ofLast.iterator().next()))
                    .isEmpty();
        });
    }

    @Test
    void withoutArbiterTheCoordinatorsHalfGoesOnAndTheOtherSaysWhyItDoesNot() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(20);
            World world = world(seed, TieBreak.COORDINATOR, 2, targets);
            List<Node> both = world.running();
            world.cut(both.get(0).id(), both.get(1).id());
            world.cut(both.get(1).id(), both.get(0).id());
            world.runFor(25_000 * MS);
            Map<TargetKey, Node> owners = world.owners();
            assertThat(owners).hasSameSizeAs(targets);
            assertThat(new HashSet<>(owners.values())).hasSize(1);
            Node other = both.get(owners.containsValue(both.get(0)) ? 1 : 0);
            assertThat(other.snapshot().problem()).startsWith("cut off: 1 of the 2 replicas of view");
            world.heal();
            world.runFor(20_000 * MS);
            assertSettled(world, targets);
        });
    }

    @Test
    void clustersThatMeetBecomeOne() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(20);
            World world = new World(seed, TIMING, TieBreak.COORDINATOR);
            Node first = join(world, targets);
            Node second = join(world, Set.of());
            world.cut(first.id(), second.id());
            world.cut(second.id(), first.id());
            world.runFor(10_000 * MS);
            second.discover(targets);
            world.heal();
            // Until they have met, both scrape: that is why an own cluster is founded only when nobody else is
            // expected.
            second.discover(Set.of());
            world.runFor(20_000 * MS);
            second.discover(targets);
            world.runFor(65_000 * MS);
            assertThat(first.snapshot().members()).hasSize(2);
            assertThat(world.owners()).hasSameSizeAs(targets);
        });
    }

    @Test
    void whateverHappensNoTargetHasTwoOwners() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(12);
            TieBreak tieBreak = seed % 2 == 0 ? TieBreak.COORDINATOR : TieBreak.ARBITER;
            World world = world(seed, tieBreak, 2 + (int) (seed % 5), targets);
            Faults faults = new Faults(world, () -> join(world, targets));
            faults.anything(40);
        });
    }

    @Test
    void afterFaultsThatLeaveAQuorumEveryTargetIsOwnedAgain() {
        everySeed(seed -> {
            Set<TargetKey> targets = targets(60);
            World world = world(seed, TieBreak.ARBITER, 3 + (int) (seed % 3), targets);
            Faults faults = new Faults(world, () -> join(world, targets));
            for (int i = 0; i < 5; i++) {
                while (world.running().size() < 3) {
                    join(world, targets);
                    world.runFor(20_000 * MS);
                }
                faults.one();
                world.runFor(world.random.nextLong(20_000 * MS));
                faults.end();
                world.runFor(40_000 * MS);
                assertSettled(world, targets);
            }
        });
    }
}
