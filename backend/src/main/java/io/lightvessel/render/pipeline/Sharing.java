package io.lightvessel.render.pipeline;

import java.util.List;

/**
 * How a gateway's replicas agree who fetches from which target.
 *
 * @param name of the group of replicas
 * @param service the headless Service with the replicas' addresses
 * @param peers the replicas' addresses where there is no such Service
 * @param onOneMachine whether nobody else can reach the replicas
 */
public record Sharing(
        String name, String namespace, String service, int port, List<String> peers, boolean onOneMachine) {

    public Sharing {
        peers = List.copyOf(peers);
    }

    public boolean inKubernetes() {
        return peers.isEmpty();
    }
}
