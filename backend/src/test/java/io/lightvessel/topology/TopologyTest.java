package io.lightvessel.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentFlow;
import io.lightvessel.fleet.Agents;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.Rate;
import io.lightvessel.fleet.TelemetrySignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static Topology draw(List<AgentFlow> flows) {
        return TopologyService.draw(flows, NOW, new PlannedExporters());
    }

    private static AgentFlow.Source source(String service, double rate) {
        return new AgentFlow.Source(service, "shop", "otlp", TelemetrySignal.TRACES, new Rate(rate, rate * 100));
    }

    private static AgentFlow.Destination to(String endpoint, double rate, String error) {
        return new AgentFlow.Destination(
                "otlp/traces", endpoint, TelemetrySignal.TRACES, new Rate(rate, rate * 100), 0, 0, error);
    }

    private static Topology.Node node(Topology topology, String id) {
        return topology.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + topology.nodes()));
    }

    private static Map<String, List<Double>> places(Topology topology) {
        Map<String, List<Double>> places = new HashMap<>();
        topology.nodes().forEach(node -> places.put(node.id(), List.of(node.x(), node.y())));
        return places;
    }

    @Test
    void sourcesAgentsAndBackendsStandFromLeftToRight() {
        Agent gateway = Agents.agent("gw-1", "gateway");
        Topology topology = draw(List.of(new AgentFlow(
                gateway, List.of(source("cart", 5), source("pay", 7)), List.of(to("tempo:4317", 12, "")))));
        assertThat(node(topology, "source:shop/cart").tier()).isZero();
        assertThat(node(topology, "agent:" + gateway.id()).tier()).isEqualTo(1);
        assertThat(node(topology, "backend:tempo:4317").tier()).isEqualTo(2);
        assertThat(topology.edges())
                .extracting(Topology.Edge::from, Topology.Edge::recordsPerSecond)
                .containsExactlyInAnyOrder(
                        tuple("source:shop/cart", 5.0),
                        tuple("source:shop/pay", 7.0),
                        tuple("agent:" + gateway.id(), 12.0));
    }

    @Test
    void signalsOfOneEdgeAreSummed() {
        Agent gateway = Agents.agent("gw-1", "gateway");
        Topology topology = draw(List.of(new AgentFlow(
                gateway,
                List.of(
                        source("cart", 5),
                        new AgentFlow.Source("cart", "shop", "otlp", TelemetrySignal.LOGS, new Rate(3, 30))),
                List.of())));
        assertThat(topology.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.signals()).containsExactlyInAnyOrder(TelemetrySignal.TRACES, TelemetrySignal.LOGS);
            assertThat(edge.recordsPerSecond()).isEqualTo(8);
            assertThat(edge.bytesPerSecond()).isEqualTo(530);
        });
    }

    @Test
    void aCollectorThatSendsToAGatewayStandsBeforeIt() {
        Agent gateway =
                Agents.agent("gw-1", "gateway", Map.of("lightvessel.endpoint.otlp.grpc", "gw.monitoring:4317"), null);
        Agent collector = Agents.agent("node-1", "collector");
        Topology topology = draw(List.of(
                new AgentFlow(gateway, List.of(), List.of(to("tempo:4317", 1, ""))),
                new AgentFlow(collector, List.of(source("cart", 1)), List.of(to("gw.monitoring:4317", 1, "")))));
        assertThat(node(topology, "agent:" + collector.id()).tier()).isEqualTo(1);
        assertThat(node(topology, "agent:" + gateway.id()).tier()).isEqualTo(2);
        assertThat(node(topology, "backend:tempo:4317").tier()).isEqualTo(3);
        assertThat(topology.edges()).extracting(Topology.Edge::to).contains("agent:" + gateway.id());
    }

    @Test
    void aLoopbackAddressMeansAnAgentOfTheSameHostOnly() {
        Agent gateway = Agents.agent("a", "gateway", Map.of("lightvessel.endpoint.otlp.grpc", "0.0.0.0:4317"), null);
        Agent elsewhere = Agents.agent("b", "collector");
        Topology topology = draw(List.of(
                new AgentFlow(gateway, List.of(), List.of()),
                new AgentFlow(elsewhere, List.of(), List.of(to("127.0.0.1:4317", 1, "")))));
        assertThat(node(topology, "backend:127.0.0.1:4317").kind()).isEqualTo(Topology.NodeKind.BACKEND);
    }

    @Test
    void aBackendThatRefusesIsDegradedWithTheReason() {
        Topology topology = draw(List.of(new AgentFlow(
                Agents.agent("gw-1", "gateway"), List.of(), List.of(to("tempo:4317", 0, "connection refused")))));
        assertThat(node(topology, "backend:tempo:4317").health()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(node(topology, "backend:tempo:4317").reason()).isEqualTo("gw-1: connection refused");
    }

    @Test
    void whatTheEffectiveConfigWillSendToIsDrawnBeforeAnythingFlows() {
        String config = """
                receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4317"}}}}
                exporters: {otlp/traces: {endpoint: "tempo:4317"}}
                service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp/traces]}}}
                """;
        Topology topology =
                draw(List.of(new AgentFlow(Agents.agent("gw-1", "gateway", Map.of(), config), List.of(), List.of())));
        assertThat(node(topology, "backend:tempo:4317").label()).isEqualTo("traces");
        assertThat(node(topology, "backend:tempo:4317").health()).isNull();
        assertThat(topology.edges())
                .singleElement()
                .satisfies(edge -> assertThat(edge.recordsPerSecond()).isZero());
    }

    @Test
    void numbersAndTheOrderOfReportsMoveNothing() {
        List<AgentFlow> flows = new ArrayList<>(fleet(8, 60, new Random(1)));
        Map<String, List<Double>> before = places(draw(flows));
        List<AgentFlow> later = new ArrayList<>();
        Random other = new Random(2);
        for (AgentFlow flow : flows) {
            List<AgentFlow.Source> sources = new ArrayList<>();
            for (AgentFlow.Source source : flow.sources()) {
                sources.add(source(source.service(), other.nextDouble() * 1000));
            }
            Collections.shuffle(sources, other);
            later.add(new AgentFlow(flow.agent(), sources, flow.destinations()));
        }
        Collections.shuffle(later, other);
        assertThat(places(draw(later))).isEqualTo(before);
    }

    @Test
    void noTwoNodesStandInOnePlace() {
        Topology topology = draw(fleet(20, 80, new Random(3)));
        Set<List<Double>> taken = new HashSet<>(places(topology).values());
        assertThat(taken).hasSize(topology.nodes().size());
    }

    @Test
    void neighboursAreDrawnSideBySide() {
        Agent a = Agents.agent("a", "gateway");
        Agent b = Agents.agent("b", "gateway");
        // By name alone the lines would cross.
        Topology topology = draw(List.of(
                new AgentFlow(a, List.of(source("z", 1)), List.of()),
                new AgentFlow(b, List.of(source("y", 1)), List.of())));
        boolean crossing = (node(topology, "source:shop/z").y()
                        < node(topology, "source:shop/y").y())
                != (node(topology, "agent:" + a.id()).y()
                        < node(topology, "agent:" + b.id()).y());
        assertThat(crossing).isFalse();
    }

    @Test
    void aHugeClusterIsBoundedAndLosesNoRate() {
        List<AgentFlow> flows = fleet(300, 1500, new Random(4));
        Topology topology = draw(flows);
        assertThat(topology.nodes()).hasSizeLessThanOrEqualTo(150);
        assertThat(topology.hidden()).isPositive();
        double reported = flows.stream()
                .flatMap(flow -> flow.sources().stream())
                .mapToDouble(source -> source.rate().recordsPerSecond())
                .sum();
        double drawn = topology.edges().stream()
                .filter(edge -> edge.from().contains("source"))
                .mapToDouble(Topology.Edge::recordsPerSecond)
                .sum();
        assertThat(drawn).isCloseTo(reported, offset(1e-6 * reported));
        assertThat(topology.nodes())
                .filteredOn(node -> node.label().equals("(other)"))
                .extracting(Topology.Node::kind)
                .contains(Topology.NodeKind.SOURCE, Topology.NodeKind.AGENT);
        int stoodFor = topology.nodes().stream().mapToInt(Topology.Node::count).sum();
        assertThat(stoodFor - topology.hidden())
                .isEqualTo(topology.nodes().stream()
                        .filter(node -> node.count() == 1)
                        .toList()
                        .size());
    }

    @Test
    void anEmptyClusterIsAnEmptyGraph() {
        assertThat(draw(List.of()).nodes()).isEmpty();
    }

    private static List<AgentFlow> fleet(int agents, int services, Random random) {
        List<AgentFlow> flows = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            List<AgentFlow.Source> sources = new ArrayList<>();
            for (int j = 0; j < services; j++) {
                if (j % agents == i || random.nextInt(10) == 0) {
                    sources.add(source("service-" + j, random.nextDouble() * 100));
                }
            }
            flows.add(new AgentFlow(
                    Agents.agent("agent-" + i, i % 5 == 0 ? "gateway" : "collector"),
                    sources,
                    List.of(to("tempo:4317", 1, ""), to("loki:3100", 1, ""))));
        }
        return flows;
    }
}
