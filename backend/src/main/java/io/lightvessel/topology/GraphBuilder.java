package io.lightvessel.topology;

import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentFlow;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.topology.Topology.NodeKind;
import io.lightvessel.wire.AgentRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what the agents of a cluster report together to one graph. */
final class GraphBuilder {
    private static final String OTHER_SOURCES = "(other)";

    private final Graph graph = new Graph();
    private final List<AgentFlow> flows;
    private final PlannedExporters planned;
    private final Endpoints endpoints;
    private final Map<String, String> troubles = new HashMap<>();
    private final Set<String> delivering = new HashSet<>();

    GraphBuilder(List<AgentFlow> flows, PlannedExporters planned) {
        this.flows = flows;
        this.planned = planned;
        this.endpoints = new Endpoints(flows.stream().map(AgentFlow::agent).toList());
    }

    Graph build() {
        Set<String> forwarders = new HashSet<>();
        Set<String> receivers = new HashSet<>();
        for (AgentFlow flow : flows) {
            for (AgentFlow.Destination destination : flow.destinations()) {
                Agent target = endpoints.find(flow.agent(), destination.endpoint());
                if (target != null) {
                    forwarders.add(flow.agent().id().value());
                    receivers.add(target.id().value());
                }
            }
        }
        boolean twoTiers = !receivers.isEmpty();
        int backends = twoTiers ? 3 : 2;
        for (AgentFlow flow : flows) {
            boolean second = twoTiers
                    && !forwarders.contains(flow.agent().id().value())
                    && (receivers.contains(flow.agent().id().value())
                            || flow.agent().role() == AgentRole.GATEWAY);
            addAgent(flow.agent(), second ? 2 : 1);
        }
        for (AgentFlow flow : flows) {
            flow.sources().forEach(source -> addSource(flow.agent(), source));
            flow.destinations().forEach(destination -> addDestination(flow.agent(), destination, backends));
            addPlanned(flow, backends);
        }
        graph.of(NodeKind.BACKEND).forEach(this::judge);
        return graph;
    }

    private void addAgent(Agent agent, int tier) {
        graph.put(new Graph.Vertex(
                agentNode(agent),
                NodeKind.AGENT,
                agent.name(),
                agent.role() == null ? agent.host() : agent.role().wireName(),
                tier,
                // Gateways above collectors.
                (agent.role() == null ? 9 : agent.role().ordinal()) + agent.name() + agent.id(),
                agent.health().status(),
                agent.health().reason(),
                1,
                agent.id().value()));
    }

    private void addSource(Agent agent, AgentFlow.Source source) {
        String name = source.service().isEmpty() ? "(unnamed)" : source.service();
        String id = "source:" + source.namespace() + "/" + name;
        // Agents that see more services than they can tell apart report the rest as one.
        String order = OTHER_SOURCES.equals(name) ? "\uffff" : source.namespace() + "/" + name;
        graph.put(new Graph.Vertex(id, NodeKind.SOURCE, name, source.namespace(), 0, order, null, "", 1, null));
        graph.flow(id, agentNode(agent))
                .add(
                        Set.of(source.signal()),
                        source.rate().recordsPerSecond(),
                        source.rate().bytesPerSecond(),
                        0);
    }

    private void addDestination(Agent agent, AgentFlow.Destination destination, int tier) {
        Agent target = endpoints.find(agent, destination.endpoint());
        String to = target != null ? agentNode(target) : backend(destination.exporter(), destination.endpoint(), tier);
        graph.flow(agentNode(agent), to)
                .add(
                        Set.of(destination.signal()),
                        destination.rate().recordsPerSecond(),
                        destination.rate().bytesPerSecond(),
                        destination.failedPerSecond());
        if (target != null) {
            return;
        }
        if (!destination.lastError().isEmpty() && agent.connected()) {
            troubles.putIfAbsent(to, agent.name() + ": " + destination.lastError());
        }
        if (destination.rate().recordsPerSecond() > 0) {
            delivering.add(to);
        }
    }

    private void addPlanned(AgentFlow flow, int tier) {
        String config = flow.agent().effectiveConfig();
        if (config == null) {
            return;
        }
        for (PlannedExporters.Planned exporter : planned.in(config)) {
            boolean known = flow.destinations().stream()
                    .anyMatch(destination -> destination.exporter().equals(exporter.exporter())
                            && destination.signal() == exporter.signal());
            if (!known) {
                Agent target = endpoints.find(flow.agent(), exporter.endpoint());
                String to =
                        target != null ? agentNode(target) : backend(exporter.exporter(), exporter.endpoint(), tier);
                graph.flow(agentNode(flow.agent()), to).add(Set.of(exporter.signal()), 0, 0, 0);
            }
        }
    }

    private String backend(String exporter, String endpoint, int tier) {
        String id = "backend:" + endpoint;
        if (graph.vertex(id) == null) {
            int slash = exporter.indexOf('/');
            String label = slash < 0 ? exporter : exporter.substring(slash + 1);
            graph.put(new Graph.Vertex(
                    id, NodeKind.BACKEND, label, endpoint, tier, label + "/" + endpoint, null, "", 1, null));
        }
        return id;
    }

    private void judge(Graph.Vertex backend) {
        String trouble = troubles.get(backend.id());
        HealthStatus health = trouble != null
                ? HealthStatus.DEGRADED
                : delivering.contains(backend.id()) ? HealthStatus.HEALTHY : null;
        graph.put(new Graph.Vertex(
                backend.id(),
                backend.kind(),
                backend.label(),
                backend.detail(),
                backend.tier(),
                backend.order(),
                health,
                reason(health, trouble),
                1,
                null));
    }

    private static String reason(@Nullable HealthStatus health, @Nullable String trouble) {
        if (trouble != null) {
            return trouble;
        }
        return health == null ? "Nothing is being sent to it" : "Accepts what is sent to it";
    }

    static String agentNode(Agent agent) {
        return "agent:" + agent.id();
    }
}
