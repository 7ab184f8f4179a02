package io.lightvessel.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.agent.link.ManagedEngine.Outcome;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Environment;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.AgentDescription;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentEngineTest {
    private static final String YAML = """
            receivers:
              otlp:
                protocols:
                  http:
                    endpoint: ${env:OTLP:-127.0.0.1:0}
            exporters:
              otlphttp:
                endpoint: http://127.0.0.1:9
                headers:
                  authorization: very-secret
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  exporters: [otlphttp]
            """;

    private final GatewayComponents components = GatewayComponents.create();
    private final Map<String, String> endpoints = new HashMap<>();
    private final AgentEngine engine = new AgentEngine(
            Engine.create(EngineOptions.defaults("1", "i"), components.factories()),
            Environment.of(Map.of()),
            byProtocol -> {
                endpoints.putAll(byProtocol);
                return AgentDescription.getDefaultInstance();
            },
            Instant.EPOCH);

    @AfterEach
    void close() {
        engine.close();
        components.close();
    }

    @Test
    void aConfigInForceIsShownWithItsPlaceholdersAndWithoutItsSecrets() {
        assertThat(engine.effectiveConfig()).isEmpty();
        assertThat(engine.apply(YAML.getBytes(UTF_8))).isEqualTo(new Outcome.Applied());
        assertThat(engine.effectiveConfig().orElseThrow())
                .contains("${env:OTLP:-127.0.0.1:0}", "[REDACTED]")
                .doesNotContain("very-secret");
        engine.description();
        assertThat(endpoints.get("http")).matches("127\\.0\\.0\\.1:[1-9]\\d*");
        assertThat(engine.health().getHealthy()).isTrue();
        assertThat(engine.health().getComponentHealthMapMap()).containsOnlyKeys("pipeline:traces");
    }

    @Test
    void aBadConfigIsRefusedWithItsFindingsAndTheOldOneStays() {
        engine.apply(YAML.getBytes(UTF_8));
        String effective = engine.effectiveConfig().orElseThrow();
        assertThat(engine.apply(
                        YAML.replace("endpoint: http:", "endpint: http:").getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("exporters::otlphttp::endpint"));
        assertThat(engine.apply(new byte[] {(byte) 0xFF, (byte) 0xFE}))
                .isEqualTo(new Outcome.Refused("config: 2 bytes that are no UTF-8 text"));
        assertThat(engine.effectiveConfig()).contains(effective);
    }

    @Test
    void theComponentsAreListedByKind() {
        assertThat(engine.availableComponents()
                        .getComponentsOrThrow("receivers")
                        .getSubComponentMapMap())
                .containsKeys("otlp", "filelog");
        assertThat(engine.availableComponents().getHash().size()).isEqualTo(32);
    }

    @Test
    void everyCounterOfTheFlowReachesTheWire() {
        Instant start = Instant.ofEpochSecond(1, 5);
        FlowReport report = FlowMapper.toWire(new FlowSnapshot(
                start,
                start.plusSeconds(1),
                List.of(new FlowSnapshot.Source("shop", "ns", ComponentId.of("otlp"), Signal.LOGS, new Count(1, 2))),
                List.of(new FlowSnapshot.Edge(
                        PipelineId.parse("logs/a"), "receiver/otlp", "processor/batch", new Count(3, 4))),
                List.of(new FlowSnapshot.Ledger(
                        PipelineId.parse("logs/a"),
                        new Count(9, 90),
                        new Count(5, 50),
                        new Count(3, 30),
                        List.of(new FlowSnapshot.Loss("exporter/otlp", DropReason.QUEUE_FULL, new Count(1, 10))))),
                List.of(new FlowSnapshot.Destination(
                        ComponentId.parse("otlphttp/loki"), "loki:3100", Signal.LOGS, new Count(5, 6), 7, 8, "away"))));
        assertThat(report.getStartTimeUnixNano()).isEqualTo(1_000_000_005L);
        assertThat(report.getTimeUnixNano()).isEqualTo(2_000_000_005L);
        assertThat(report.getSources(0).toString().lines())
                .containsExactly(
                        "service_name: \"shop\"",
                        "service_namespace: \"ns\"",
                        "receiver: \"otlp\"",
                        "signal: \"logs\"",
                        "records: 1",
                        "bytes: 2");
        assertThat(report.getEdges(0).toString().lines())
                .containsExactly(
                        "pipeline: \"logs/a\"",
                        "from: \"receiver/otlp\"",
                        "to: \"processor/batch\"",
                        "signal: \"logs\"",
                        "records: 3",
                        "bytes: 4");
        assertThat(report.getPipelines(0).getReceived().getRecords()).isEqualTo(9);
        assertThat(report.getPipelines(0).getDelivered().getBytes()).isEqualTo(50);
        assertThat(report.getPipelines(0).getQueued().getRecords()).isEqualTo(3);
        assertThat(report.getPipelines(0).getDroppedMap().get("queue_full").getBytes())
                .isEqualTo(10);
        assertThat(report.getDestinations(0).toString().lines())
                .containsExactly(
                        "exporter: \"otlphttp/loki\"",
                        "endpoint: \"loki:3100\"",
                        "signal: \"logs\"",
                        "records: 5",
                        "bytes: 6",
                        "failed_records: 7",
                        "queued_records: 8",
                        "last_error: \"away\"");
    }
}
