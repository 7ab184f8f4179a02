package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentCatalog;
import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.EffectiveSettings;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineSpec;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.FlowSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One component: what its settings came to, how it is in each pipeline, what flows through it, its own metrics. */
final class ComponentView {
    private final Insight insight;
    private final Rates rates;

    ComponentView(Insight insight, Rates rates) {
        this.insight = insight;
        this.rates = rates;
    }

    /** Empty when the config in force has no such component. */
    Optional<String> of(ComponentKind kind, ComponentId id) {
        Optional<PipelineConfig> running = insight.runningConfig();
        Optional<ComponentConfig> component = running.flatMap(config -> config.component(kind, id));
        Optional<ComponentSchema> schema = ComponentCatalog.find(kind, id.type());
        if (component.isEmpty() || schema.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Json.text(json -> write(json, component.get(), schema.get(), running.get())));
    }

    private void write(JsonGenerator json, ComponentConfig component, ComponentSchema schema, PipelineConfig config) {
        String name = component.kind().label() + "/" + component.id();
        Rates.View view = rates.look();
        json.writeStartObject();
        json.writeStringProperty("kind", component.kind().label());
        json.writeStringProperty("id", component.id().toString());
        json.writeStringProperty("type", schema.type());
        json.writeStringProperty("stability", schema.stability().label());
        json.writeStringProperty("doc", schema.doc());
        pipelines(json, component, config);
        settings(json, EffectiveSettings.of(schema.keys(), component.settings()));
        endpoints(json, component);
        json.writeName("edges");
        json.writeStartArray();
        view.now().edges().stream()
                .filter(edge -> edge.from().equals(name) || edge.to().equals(name))
                .forEach(edge -> GraphView.edge(json, edge, view));
        json.writeEndArray();
        json.writeName("queues");
        json.writeStartArray();
        if (component.kind() == ComponentKind.EXPORTER) {
            for (FlowSnapshot.Destination queue : view.now().destinations()) {
                if (queue.exporter().equals(component.id())) {
                    StatusView.queue(json, view, queue);
                }
            }
        }
        json.writeEndArray();
        losses(json, name, view.now());
        metrics(json, component);
        json.writeEndObject();
    }

    private void pipelines(JsonGenerator json, ComponentConfig component, PipelineConfig config) {
        String key = component.kind().label() + ":" + component.id();
        ComponentHealth tree = insight.healthTree();
        json.writeName("pipelines");
        json.writeStartArray();
        if (component.kind() == ComponentKind.EXTENSION) {
            place(json, "extensions", tree.children().get("extensions"), key);
        }
        for (PipelineSpec spec : config.pipelines()) {
            if (members(spec, component.kind()).contains(component.id())) {
                place(json, spec.id().toString(), tree.children().get("pipeline:" + spec.id()), key);
            }
        }
        json.writeEndArray();
    }

    private static void place(JsonGenerator json, String name, @Nullable ComponentHealth parent, String key) {
        json.writeStartObject();
        json.writeStringProperty("id", name);
        HealthJson.write(json, parent == null ? null : parent.children().get(key));
        json.writeEndObject();
    }

    private static List<ComponentId> members(PipelineSpec spec, ComponentKind kind) {
        return switch (kind) {
            case RECEIVER -> spec.receivers();
            case PROCESSOR -> spec.processors();
            case EXPORTER -> spec.exporters();
            case EXTENSION -> List.of();
        };
    }

    private static void settings(JsonGenerator json, List<EffectiveSettings.Row> rows) {
        json.writeName("settings");
        json.writeStartArray();
        for (EffectiveSettings.Row row : rows) {
            json.writeStartObject();
            json.writeStringProperty("path", row.path());
            if (row.value() != null) {
                json.writeStringProperty("value", row.value());
            }
            json.writeBooleanProperty("default", row.isDefault());
            json.writeBooleanProperty("secret", row.secret());
            json.writeBooleanProperty("effective", row.effective());
            json.writeStringProperty("expected", row.expected());
            json.writeStringProperty("doc", row.doc());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void endpoints(JsonGenerator json, ComponentConfig component) {
        json.writeName("endpoints");
        json.writeStartObject();
        if (component.kind() == ComponentKind.RECEIVER) {
            insight.endpoints().getOrDefault(component.id(), Map.of()).forEach(json::writeStringProperty);
        }
        json.writeEndObject();
    }

    private static void losses(JsonGenerator json, String name, FlowSnapshot flow) {
        json.writeName("losses");
        json.writeStartArray();
        for (FlowSnapshot.Ledger ledger : flow.pipelines()) {
            for (FlowSnapshot.Loss loss : ledger.losses()) {
                if (loss.component().equals(name)) {
                    json.writeStartObject();
                    json.writeStringProperty("pipeline", ledger.pipeline().toString());
                    LedgerView.lossFields(json, loss);
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }

    private void metrics(JsonGenerator json, ComponentConfig component) {
        StringBuilder text = new StringBuilder(8192);
        try {
            insight.metrics().writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.writeName("metrics");
        json.writeStartArray();
        for (MetricLine line : MetricLine.of(
                text.toString(), component.kind().label(), component.id().toString())) {
            json.writeStartObject();
            json.writeStringProperty("name", line.name());
            json.writeStringProperty("labels", line.labels());
            json.writeStringProperty("value", line.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
