package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.choice;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.section;

import io.lightvessel.config.ObjectSchema;
import java.util.List;

/** The keys of {@code service::telemetry}, which is about the agent itself. */
public final class ServiceTelemetry {

    public static final ObjectSchema KEYS = keys(section(
            "logs",
            keys(choice("level", List.of("debug", "info", "warn", "error"), "info", "Least severe lines written.")),
            "The agent's own log."));

    private ServiceTelemetry() {}
}
