package io.lightvessel.stack;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** How the gateway's replicas share what they fetch from, so that each target has one owner. */
public record Clustering(
        @Doc("Whether replicas share targets; without, each of them scrapes every target.")
        boolean enabled,

        @Doc("Port on which replicas talk to each other.")
        @Min(value = 1, message = Expected.PORT)
        @Max(value = 65535, message = Expected.PORT)
        int port,

        @Doc("The replicas' addresses as host:port, on hosts; empty in Kubernetes, where a headless Service has them.")
        @NotNull(message = "expected: a list")
        @Size(max = 48, message = "expected: at most 48 replicas")
        List<
                        @NotNull(message = Expected.HOST_PORT_EXPECTED)
                        @Pattern(regexp = Expected.HOST_PORT, message = Expected.HOST_PORT_EXPECTED) String>
                peers) {

    public Clustering {
        peers = peers == null ? List.of() : List.copyOf(peers);
    }

    static Clustering defaults() {
        return new Clustering(true, 7946, List.of());
    }

    /** Whether all replicas are on one machine, so that nobody else can reach them. */
    public boolean onOneMachine() {
        return !peers.isEmpty()
                && peers.stream().allMatch(peer -> peer.startsWith("127.0.0.1:") || peer.startsWith("localhost:"));
    }

    public Clustering withPeers(List<String> changed) {
        return new Clustering(enabled, port, changed);
    }
}
