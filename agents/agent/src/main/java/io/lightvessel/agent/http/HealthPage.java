package io.lightvessel.agent.http;

import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.ComponentStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells probes and people how the agent is. {@code /} answers 200 while at least one pipeline takes telemetry, and 503
 * otherwise: a backend that is away does not make it 503, since taking the agent out of service would not bring it back.
 * {@code /live} answers 200 as long as the process does.
 */
public final class HealthPage implements Endpoint.Page {
    private static final JsonFactory JSON = new JsonFactory();

    private final Supplier<ComponentHealth> health;
    private final BooleanSupplier configured;
    private final Supplier<Map<String, Optional<String>>> notes;
    private final Instant started;
    private final Clock clock;

    /**
     * @param configured whether a config is in force
     * @param notes what else to tell, by topic; an empty note means that all is well there
     */
    public HealthPage(
            Supplier<ComponentHealth> health,
            BooleanSupplier configured,
            Supplier<Map<String, Optional<String>>> notes,
            Instant started,
            Clock clock) {
        this.health = health;
        this.configured = configured;
        this.notes = notes;
        this.started = started;
        this.clock = clock;
    }

    @Override
    public Endpoint.Answer answer(String path) throws IOException {
        ComponentHealth tree = health.get();
        boolean available = configured.getAsBoolean() && takesTelemetry(tree);
        int status = available || path.equals("/live") ? 200 : 503;
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("status", available ? "Server available" : "Server not available");
            json.writeStringProperty("upSince", started.toString());
            json.writeStringProperty(
                    "uptime", Duration.between(started, clock.instant()).toString());
            for (Map.Entry<String, Optional<String>> note : notes.get().entrySet()) {
                json.writeName(note.getKey());
                json.writeStartObject();
                json.writeBooleanProperty("healthy", note.getValue().isEmpty());
                if (note.getValue().isPresent()) {
                    json.writeStringProperty("error", note.getValue().get());
                }
                json.writeEndObject();
            }
            json.writeName("components");
            write(json, tree);
            json.writeEndObject();
        }
        return new Endpoint.Answer(status, "application/json", text + "\n");
    }

    private static boolean takesTelemetry(ComponentHealth tree) {
        return tree.children().entrySet().stream()
                .filter(child -> child.getKey().startsWith("pipeline:"))
                .map(pipeline -> pipeline.getValue().status())
                .anyMatch(status -> status != ComponentStatus.PERMANENT_ERROR && status != ComponentStatus.STOPPED);
    }

    private static void write(JsonGenerator json, ComponentHealth node) {
        json.writeStartObject();
        json.writeBooleanProperty("healthy", node.healthy());
        json.writeStringProperty("status", node.status().label());
        json.writeStringProperty("status_time", node.since().toString());
        if (node.lastError() != null) {
            json.writeStringProperty("error", node.lastError());
        }
        if (!node.children().isEmpty()) {
            json.writeName("components");
            json.writeStartObject();
            node.children().forEach((key, child) -> {
                json.writeName(key);
                write(json, child);
            });
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
