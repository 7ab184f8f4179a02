package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;

/** The keys of the health_check extension. */
final class HealthCheck {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "health_check",
            Stability.BETA,
            EnumSet.noneOf(Signal.class),
            "Named by many configs; the agent answers health checks whether or not it is there.",
            keys(
                    ineffective(listen(
                            "endpoint",
                            "localhost:13133",
                            "the agent's own setting LIGHTVESSEL_HEALTH_ENDPOINT says where health is answered.")),
                    ineffective(text("path", "/", "health is answered on the agent's own paths."))),
            ComponentRule.NONE);

    private HealthCheck() {}
}
