package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.ComponentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the health of one component, without its children. */
final class HealthJson {
    private HealthJson() {}

    /** @param health null for a component the engine does not run */
    static void write(JsonGenerator json, @Nullable ComponentHealth health) {
        json.writeName("health");
        json.writeStartObject();
        ComponentHealth shown =
                health == null ? ComponentHealth.leaf(ComponentStatus.STOPPED, null, Instant.EPOCH) : health;
        json.writeStringProperty("status", word(shown.status()));
        if (shown.lastError() != null) {
            json.writeStringProperty("error", shown.lastError());
        }
        if (health != null) {
            json.writeStringProperty("since", shown.since().toString());
        }
        json.writeEndObject();
    }

    private static String word(ComponentStatus status) {
        return switch (status) {
            case STARTING -> "starting";
            case OK -> "ok";
            case RECOVERABLE_ERROR -> "recoverable";
            case PERMANENT_ERROR -> "broken";
            case STOPPED -> "stopped";
        };
    }
}
