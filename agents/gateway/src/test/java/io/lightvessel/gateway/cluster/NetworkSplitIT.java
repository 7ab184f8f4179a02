package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Processes in network namespaces of their own, and a firewall between them. */
class NetworkSplitIT {

    private static final int TARGETS = 40;
    private static final long EVERY = (1L << TARGETS) - 1;
    private static final String BRIDGE = "lvbr0";

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static boolean ip(String arguments) throws IOException, InterruptedException {
        return run(("ip " + arguments).split(" "));
    }

    private static String in(int n, String command) {
        return "netns exec lvns" + n + " " + command;
    }

    private static boolean setUp() throws IOException, InterruptedException {
        tearDown();
        if (!ip("link add " + BRIDGE + " type bridge") || !ip("link set " + BRIDGE + " up")) {
            return false;
        }
        for (int n = 1; n <= 3; n++) {
            boolean made = ip("netns add lvns" + n)
                    && ip("link add lvv" + n + " type veth peer name eth0 netns lvns" + n)
                    && ip("link set lvv" + n + " master " + BRIDGE + " up")
                    && ip(in(n, "ip addr add 10.97.0." + n + "/24 dev eth0"))
                    && ip(in(n, "ip link set eth0 up"))
                    && ip(in(n, "ip link set lo up"));
            if (!made) {
                return false;
            }
        }
        return ip(in(1, "iptables -L -n"));
    }

    private static void tearDown() throws IOException, InterruptedException {
        for (int n = 1; n <= 3; n++) {
            ip("netns del lvns" + n);
            ip("link del lvv" + n);
        }
        ip("link del " + BRIDGE);
    }

    @Test
    void theMajorityGoesOnAndWhoIsCutOffStopsFirst() throws Exception {
        boolean ready;
        try {
            ready = setUp();
        } catch (IOException e) {
            ready = false;
        }
        if (!ready) {
            tearDown();
        }
        assumeTrue(
                ready,
                "network namespaces and iptables cannot be used here (needs root and the programs ip, iptables)");
        try (ReplicaProcesses processes = new ReplicaProcesses()) {
            String peers = "10.97.0.1:7800,10.97.0.2:7800,10.97.0.3:7800";
            List<ReplicaProcesses.One> all = new ArrayList<>();
            for (int n = 1; n <= 3; n++) {
                List<String> prefix = List.of("ip", "netns", "exec", "lvns" + n);
                all.add(processes.start(prefix, "10.97.0." + n + ":7800", peers, 3000, TARGETS, null));
            }
            await(processes, all);
            int cut = 1
                    + IntStream.range(0, 3)
                            .filter(i -> all.get(i).now().leads())
                            .findFirst()
                            .orElseThrow();
            assertThat(ip(in(cut, "iptables -A INPUT -i eth0 -j DROP"))).isTrue();
            assertThat(ip(in(cut, "iptables -A OUTPUT -o eth0 -j DROP"))).isTrue();
            ReplicaProcesses.One alone = all.get(cut - 1);
            await(processes, all.stream().filter(one -> one != alone).toList());
            assertThat(alone.now().holds())
                    .as("held by the one that is cut off")
                    .isZero();
            assertThat(alone.now().standing()).isEqualTo("cut_off");
            assertThat(ip(in(cut, "iptables -F"))).isTrue();
            await(processes, all);
            processes.assertNeverTwo(TARGETS);
        } finally {
            tearDown();
        }
    }

    private static void await(ReplicaProcesses processes, List<ReplicaProcesses.One> some) {
        Replicas.await(
                "an owner for each target among " + some.size(),
                () -> processes.heldBy(some) == EVERY
                        && some.stream()
                                .allMatch(one ->
                                        one.now().holds() != 0 && one.now().replicas() == some.size()),
                () -> some.stream().map(ReplicaProcesses.One::now).toList());
    }
}
