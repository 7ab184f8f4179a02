package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Condition;
import io.lightvessel.pipeline.MalformedPayload;
import java.util.List;

/** Conditions of which one is enough; one that fails does not hold. */
final class AnyOf {

    /** A condition, and what happens when it fails. */
    record Guarded(Condition condition, Failures failures) {}

    private final Check[] checks;
    private final Failures[] failures;

    AnyOf(List<Guarded> conditions) {
        this.checks = conditions.stream()
                .map(guarded -> Compiler.condition(guarded.condition()))
                .toArray(Check[]::new);
        this.failures = conditions.stream().map(Guarded::failures).toArray(Failures[]::new);
    }

    boolean isEmpty() {
        return checks.length == 0;
    }

    boolean holds(Telemetry telemetry) throws MalformedPayload {
        for (int i = 0; i < checks.length; i++) {
            try {
                if (checks[i].holds(telemetry)) {
                    return true;
                }
            } catch (StatementFailure e) {
                failures[i].failed(e);
            }
        }
        return false;
    }
}
