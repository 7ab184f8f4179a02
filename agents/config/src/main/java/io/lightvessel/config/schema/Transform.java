package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.KeySchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import java.util.List;
import java.util.Set;

/** The keys of the transform processor. */
final class Transform {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "transform",
            Stability.BETA,
            Set.of(Signal.TRACES, Signal.METRICS, Signal.LOGS),
            "Changes telemetry by statements of the OpenTelemetry Transformation Language.",
            keys(
                    choice(
                            "error_mode",
                            List.of("ignore", "silent", "propagate"),
                            "ignore",
                            "When a statement fails: leave the record as it was and log, the same without a log, or refuse the request."),
                    statements("trace_statements", Signal.TRACES),
                    statements("metric_statements", Signal.METRICS),
                    statements("log_statements", Signal.LOGS)),
            ComponentRule.NONE);

    private Transform() {}

    private static KeySchema statements(String name, Signal signal) {
        return key(
                name,
                new ValueType.Ottl(signal, true),
                null,
                "Run in order; as keys context, error_mode, conditions (one of them must hold) and statements, or by themselves.");
    }
}
