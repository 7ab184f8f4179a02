package io.lightvessel.topology;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.AgentFlow;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Draws the telemetry of a cluster of the tenant in scope, as it flows this moment. */
@Service
public class TopologyService {
    private final AgentService agents;
    private final Clock clock;
    private final PlannedExporters planned = new PlannedExporters();

    TopologyService(AgentService agents, Clock clock) {
        this.agents = agents;
        this.clock = clock;
    }

    @Requires(Permission.AGENT_READ)
    public Topology graph(ClusterId cluster) {
        return draw(agents.flows(cluster), clock.instant(), planned);
    }

    static Topology draw(List<AgentFlow> flows, Instant asOf, PlannedExporters planned) {
        Bounds.Bounded bounded = Bounds.bound(new GraphBuilder(flows, planned).build());
        Graph graph = bounded.graph();
        Map<String, Layout.Place> places = Layout.of(graph);
        List<Topology.Node> nodes = new ArrayList<>();
        for (Graph.Vertex vertex : graph.vertices()) {
            Layout.Place place = Objects.requireNonNull(places.get(vertex.id()));
            nodes.add(new Topology.Node(
                    vertex.id(),
                    vertex.kind(),
                    vertex.label(),
                    vertex.detail(),
                    vertex.tier(),
                    place.x(),
                    place.y(),
                    vertex.health(),
                    vertex.reason(),
                    vertex.count(),
                    vertex.ref()));
        }
        List<Topology.Edge> edges = new ArrayList<>();
        graph.flows()
                .forEach((ends, flow) -> edges.add(new Topology.Edge(
                        ends.from() + "->" + ends.to(),
                        ends.from(),
                        ends.to(),
                        flow.signals(),
                        flow.records(),
                        flow.bytes(),
                        flow.drops())));
        return new Topology(nodes, edges, bounded.hidden(), asOf);
    }
}
