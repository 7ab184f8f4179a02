package io.lightvessel.agent.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET /api/v1/targets} says of owners, slots and moves to come, held against who asks the targets then. */
class PredictedMovesIT {
    private static final int TARGETS = 60;
    private static final int REPLICAS = 3;
    private static final ShardedAgents.Timing TIMING =
            new ShardedAgents.Timing(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(8));
    private static final long INTERVAL = TIMING.interval().toNanos();

    private final SlotLedger ledger = new SlotLedger(TARGETS, INTERVAL);

    @TempDir
    Path directory;

    private interface Condition {
        boolean holds() throws Exception;
    }

    @Test
    void targetsGoWhereItIsSaidWhenTheirOwnerLeaves() throws Exception {
        try (ManyTargets targets = new ManyTargets(ledger);
                StrictBackend backend = new StrictBackend(Duration.ZERO);
                ShardedAgents agents =
                        new ShardedAgents(directory, REPLICAS, TIMING, targets.addresses(), backend.url())) {
            agents.answerQuestions();
            agents.found();
            agents.grow(REPLICAS);
            awaitSettled(agents);

            String leaving = agents.running().getLast();
            await(agents, "one answer of all replicas that is what targets notice", () -> agree(agents, targets));
            assertEachIsShown(agents, targets);
            Map<String, String> predicted = predicted(agents, leaving);
            assertThat(predicted).hasSizeBetween(TARGETS / REPLICAS * 8 / 10, TARGETS / REPLICAS * 12 / 10);
            assertThat(predicted.values()).doesNotContain(leaving).isSubsetOf(agents.running());

            agents.terminate(List.of(leaving));
            awaitSettled(agents);
            await(agents, "one answer of those that are left", () -> agree(agents, targets));
            Map<String, String> owners = owners(agents, agents.running().getFirst());
            assertThat(owners).containsAllEntriesOf(predicted);
        }
    }

    /** All replicas say the same of owners, and the last to ask each target was its owner. */
    private boolean agree(ShardedAgents agents, ManyTargets targets) throws Exception {
        Map<String, String> askers = new TreeMap<>();
        for (int target = 0; target < TARGETS; target++) {
            askers.put(targets.addresses().get(target), ledger.last(target).replica());
        }
        for (String replica : agents.running()) {
            if (!owners(agents, replica).equals(askers)) {
                return false;
            }
        }
        return true;
    }

    /** Its owner knows how the last scrape went and when the next one is; the others know whose it is. */
    private void assertEachIsShown(ShardedAgents agents, ManyTargets targets) throws Exception {
        Map<String, Integer> up = new TreeMap<>();
        for (String replica : agents.running()) {
            for (JsonNode target : rows(agents, replica)) {
                boolean own = target.path("owner").asString().equals(replica);
                assertThat(target.path("state").asString()).isEqualTo(own ? "up" : "elsewhere");
                assertThat(target.path("error").asString()).isEmpty();
                assertThat(target.path("job").asString()).isEqualTo("sharded");
                assertThat(target.has("nextScrape")).isEqualTo(own);
                assertThat(target.has("ownedSince")).isEqualTo(own);
                if (own) {
                    up.merge(address(target), 1, Integer::sum);
                    assertThat(target.path("lastAmount").asLong()).isPositive();
                    Duration between = Duration.between(
                            Instant.parse(target.path("lastScrape").asString()),
                            Instant.parse(target.path("nextScrape").asString()));
                    assertThat(between)
                            .isBetween(Duration.ofMillis(1), TIMING.interval().multipliedBy(2));
                }
            }
        }
        assertThat(up.keySet()).isEqualTo(new HashSet<>(targets.addresses()));
        assertThat(up.values()).containsOnly(1);
    }

    private static JsonNode rows(ShardedAgents agents, String replica) throws Exception {
        return JsonMapper.shared().readTree(agents.targets(replica)).path("targets");
    }

    private static String address(JsonNode target) {
        return URI.create(target.path("url").asString()).getAuthority();
    }

    private static Map<String, String> owners(ShardedAgents agents, String replica) throws Exception {
        Map<String, String> owners = new TreeMap<>();
        rows(agents, replica)
                .forEach(target ->
                        owners.put(address(target), target.path("owner").asString()));
        return owners;
    }

    private static Map<String, String> predicted(ShardedAgents agents, String leaving) throws Exception {
        Map<String, String> predicted = new TreeMap<>();
        rows(agents, leaving).forEach(target -> {
            if (target.path("owner").asString().equals(leaving)) {
                predicted.put(address(target), target.path("predictedOwner").asString());
            }
        });
        return predicted;
    }

    private void awaitSettled(ShardedAgents agents) throws Exception {
        List<String> running = agents.running();
        await(agents, "all targets shared between " + running, () -> ledger.isSharedBy(running));
    }

    private void await(ShardedAgents agents, String what, Condition condition) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("no " + what + "; last asked by " + ledger.lastAskers(Long.MIN_VALUE) + "\n"
                        + agents.warnings());
            }
            Thread.sleep(50);
        }
    }
}
