package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.listen;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.text;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the health_check extension. */
final class HealthCheck {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "health_check",
            Stability.BETA,
            Set.of(),
            "Answers health checks where the config says, beside the agent's own endpoint (LIGHTVESSEL_HEALTH_ENDPOINT).",
            keys(
                    listen("endpoint", "localhost:13133", "Where to listen; the agent's own port stays the agent's."),
                    text("path", "/", "The path that answers."),
                    section(
                            "response_body",
                            keys(
                                    text(
                                            "healthy",
                                            "What to answer with status 200; without, the health tree as JSON."),
                                    text(
                                            "unhealthy",
                                            "What to answer with status 503; without, the health tree as JSON.")),
                            "Bodies for checks that compare text.")),
            HealthCheck::check);

    private HealthCheck() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.isKnown("path") && !settings.string("path").startsWith("/")) {
            report.error("path", "'" + settings.string("path") + "' (expected: a path that begins with /)");
        }
    }
}
