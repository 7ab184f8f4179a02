package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Timing;
import io.lightvessel.gateway.cluster.jgroups.HostPort;
import io.lightvessel.gateway.cluster.jgroups.JGroupsTransport;
import io.lightvessel.gateway.cluster.jgroups.PeerAddresses;
import io.lightvessel.gateway.cluster.jgroups.SharedSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica as a process of its own. Says on standard output what it holds, some hundred times a second: the time of the
 * machine's monotonic clock, taken before it asks, and a bit for each target. Arguments: own address, all addresses with
 * commas between, lease in milliseconds, number of targets (64 at most), the arbiter's directory or {@code -}.
 */
final class ReplicaProcess {

    private ReplicaProcess() {}

    public static void main(String[] arguments) throws IOException {
        List<HostPort> all =
                Arrays.stream(arguments[1].split(",")).map(HostPort::parse).toList();
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[2]));
        List<TargetKey> targets = Replicas.targets(Integer.parseInt(arguments[3]));
        Duration detection = lease.dividedBy(3);
        JGroupsTransport transport = new JGroupsTransport(new JGroupsTransport.Options(
                HostPort.parse(arguments[0]),
                null,
                "processes",
                "replica-" + arguments[0],
                PeerAddresses.fixed(all),
                detection,
                SharedSecret.tls("a secret of processes", "processes")));
        ClusteredOwnership ownership = new ClusteredOwnership(
                transport,
                Timing.of(detection, lease, all.size() / 2 + 1, Duration.ZERO),
                arguments[4].equals("-") ? null : new FileArbiter(Path.of(arguments[4])),
                Duration.ofSeconds(10),
                _ -> {});
        RecordingPool pool = new RecordingPool(1000);
        Ownership.Share share = ownership.join("pool", pool);
        share.discovered(targets);
        ownership.start();
        while (!System.out.checkError()) {
            long time = System.nanoTime();
            long holds = 0;
            for (int i = 0; i < targets.size(); i++) {
                holds |= share.holds(targets.get(i)) ? 1L << i : 0;
            }
            OwnershipView view = ownership.view();
            boolean leads = view.replicas().stream().anyMatch(r -> r.self() && r.coordinator());
            System.out.println(time + " " + Long.toHexString(holds) + " " + (leads ? "leads" : "follows") + " "
                    + view.standing() + " " + view.replicas().size());
            LockSupport.parkNanos(5_000_000);
        }
    }
}
