package io.lightvessel.agent.sharding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that share targets, while replicas come, go, are restarted and killed. */
class ShardingIT {
    @TempDir
    Path directory;

    @Test
    void noSlotIsScrapedTwiceAndAKillMissesOneOfEachTarget() throws Exception {
        try (ShardingRig rig = new ShardingRig(directory)) {
            rig.agents.found();
            rig.awaitSettled();
            long from = SlotLedger.now();
            for (int round = 0; round < ShardingRig.ROUNDS; round++) {
                rig.agents.grow(ShardingRig.MOST);
                rig.awaitSettled();
                rig.agents.terminate(leavers(rig.agents.running(), round));
                rig.awaitSettled();
            }
            restartOneAfterTheOther(rig);
            rig.awaitRound();
            String missed = rig.assertGraceful(from, SlotLedger.now());

            String killed = rig.agents.coordinator();
            long before = SlotLedger.now();
            killInTheMiddleOfAMove(rig, killed);
            rig.awaitSettled();
            rig.agents.restart(killed);
            rig.awaitSettled();
            rig.awaitRound();
            int lost = rig.assertCrash(killed, Set.of(), before, SlotLedger.now());

            rig.tell("comings, goings and restarts " + missed + ", a kill in a move " + lost + " slots");
        }
    }

    private static void restartOneAfterTheOther(ShardingRig rig) throws Exception {
        for (String name : rig.agents.running()) {
            rig.agents.terminate(List.of(name));
            rig.awaitSettled();
            rig.agents.restart(name);
            rig.awaitSettled();
        }
    }

    /** The one that conducts the move, while a newcomer has been given something and not all of its part. */
    private static void killInTheMiddleOfAMove(ShardingRig rig, String killed) throws Exception {
        List<String> known = rig.agents.running();
        rig.agents.grow(ShardingRig.FEWEST + 1);
        String newcomer = rig.agents.running().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .orElseThrow();
        long since = SlotLedger.now();
        rig.await("a target that has moved to " + newcomer, () -> rig.ledger.wasAskedBy(newcomer, since));
        rig.agents.kill(killed);
    }

    /** Others in every round, in the first also one of those that began. */
    private static List<String> leavers(List<String> running, int round) {
        List<String> leavers = new ArrayList<>();
        for (int i = 0; i < ShardingRig.MOST - ShardingRig.FEWEST; i++) {
            leavers.add(running.get((round + 2 * i) % ShardingRig.MOST));
        }
        return leavers.stream().distinct().toList();
    }
}
