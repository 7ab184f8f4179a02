package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineSpec;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.FlowSnapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The pipelines with their components, what flows between these, and how each of them is. */
final class GraphView {
    private final Insight insight;
    private final Rates rates;

    GraphView(Insight insight, Rates rates) {
        this.insight = insight;
        this.rates = rates;
    }

    void write(JsonGenerator json) {
        Optional<PipelineConfig> config = insight.runningConfig();
        ComponentHealth health = insight.healthTree();
        Rates.View view = rates.look();
        json.writeStartObject();
        json.writeStringProperty("time", view.now().time().toString());
        HealthJson.write(json, health);
        json.writeName("pipelines");
        json.writeStartArray();
        for (PipelineSpec spec : config.map(PipelineConfig::pipelines).orElse(List.of())) {
            pipeline(json, spec, health.children().get("pipeline:" + spec.id()), view);
        }
        json.writeEndArray();
        json.writeName("extensions");
        json.writeStartArray();
        ComponentHealth extensions = health.children().get("extensions");
        config.ifPresent(known ->
                known.extensions().keySet().forEach(id -> component(json, ComponentKind.EXTENSION, id, extensions)));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void pipeline(
            JsonGenerator json, PipelineSpec spec, @Nullable ComponentHealth health, Rates.View view) {
        json.writeStartObject();
        json.writeStringProperty("id", spec.id().toString());
        json.writeStringProperty("signal", spec.signal().label());
        HealthJson.write(json, health);
        json.writeName("components");
        json.writeStartArray();
        spec.receivers().forEach(id -> component(json, ComponentKind.RECEIVER, id, health));
        spec.processors().forEach(id -> component(json, ComponentKind.PROCESSOR, id, health));
        spec.exporters().forEach(id -> component(json, ComponentKind.EXPORTER, id, health));
        json.writeEndArray();
        json.writeName("edges");
        json.writeStartArray();
        view.now().edges().stream()
                .filter(edge -> edge.pipeline().equals(spec.id()))
                .forEach(edge -> edge(json, edge, view));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void component(
            JsonGenerator json, ComponentKind kind, ComponentId id, @Nullable ComponentHealth parent) {
        json.writeStartObject();
        json.writeStringProperty("kind", kind.label());
        json.writeStringProperty("id", id.toString());
        HealthJson.write(json, parent == null ? null : parent.children().get(kind.label() + ":" + id));
        json.writeEndObject();
    }

    static void edge(JsonGenerator json, FlowSnapshot.Edge edge, Rates.View view) {
        json.writeStartObject();
        json.writeStringProperty("pipeline", edge.pipeline().toString());
        json.writeStringProperty("from", edge.from());
        json.writeStringProperty("to", edge.to());
        Amounts.count(json, edge.amount());
        Amounts.rate(json, view.rate(flow -> Rates.View.edge(flow, edge.pipeline(), edge.from(), edge.to())));
        json.writeEndObject();
    }
}
