package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and such as are stopped for longer than their lease and then go on. */
class ReplicaProcessIT {

    private static final int TARGETS = 40;
    private static final long EVERY = (1L << TARGETS) - 1;
    private static final long LEASE_MS = 3000;

    private static List<ReplicaProcesses.One> start(ReplicaProcesses processes, int count, @Nullable Path arbiter)
            throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                addresses.add("127.0.0.1:" + socket.getLocalPort());
            }
        }
        List<ReplicaProcesses.One> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(processes.start(List.of(), address, String.join(",", addresses), LEASE_MS, TARGETS, arbiter));
        }
        awaitAll(processes, all);
        return all;
    }

    private static void awaitAll(ReplicaProcesses processes, List<ReplicaProcesses.One> some) {
        Replicas.await(
                "an owner for each target among " + some.size(),
                () -> processes.heldBy(some) == EVERY
                        && some.stream()
                                .allMatch(one ->
                                        one.now().holds() != 0 && one.now().replicas() == some.size()),
                () -> some.stream().map(ReplicaProcesses.One::now).toList());
    }

    @Test
    void whatAKilledReplicaOwnedIsTakenOver() throws Exception {
        try (ReplicaProcesses processes = new ReplicaProcesses()) {
            List<ReplicaProcesses.One> all = start(processes, 3, null);
            ReplicaProcesses.One coordinator =
                    all.stream().filter(one -> one.now().leads()).findFirst().orElseThrow();
            coordinator.signal("KILL");
            List<ReplicaProcesses.One> others =
                    all.stream().filter(one -> one != coordinator).toList();
            awaitAll(processes, others);
            processes.assertNeverTwo(TARGETS);
        }
    }

    @Test
    void withAnArbiterTheLastOfTwoTakesOver(@TempDir Path directory) throws Exception {
        try (ReplicaProcesses processes = new ReplicaProcesses()) {
            List<ReplicaProcesses.One> both = start(processes, 2, directory);
            ReplicaProcesses.One coordinator =
                    both.stream().filter(one -> one.now().leads()).findFirst().orElseThrow();
            coordinator.signal("KILL");
            awaitAll(processes, both.stream().filter(one -> one != coordinator).toList());
            processes.assertNeverTwo(TARGETS);
        }
    }

    @Test
    void aReplicaStoppedForLongerThanItsLeaseHoldsNothingWhenItGoesOn() throws Exception {
        try (ReplicaProcesses processes = new ReplicaProcesses()) {
            List<ReplicaProcesses.One> all = start(processes, 3, null);
            for (int i = 0; i < 2; i++) {
                boolean coordinator = i == 1;
                ReplicaProcesses.One stopped = all.stream()
                        .filter(one -> one.now().leads() == coordinator)
                        .findFirst()
                        .orElseThrow();
                List<ReplicaProcesses.One> others =
                        all.stream().filter(one -> one != stopped).toList();
                stopped.signal("STOP");
                awaitAll(processes, others);
                stopped.signal("CONT");
                awaitAll(processes, all);
                assertThat(stopped.process.isAlive()).isTrue();
            }
            processes.assertNeverTwo(TARGETS);
        }
    }
}
