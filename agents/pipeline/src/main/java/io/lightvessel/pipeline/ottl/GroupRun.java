package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;

/** A group, ready to run on one thread. */
final class GroupRun {

    private final AnyOf conditions;
    private final Step[] steps;

    GroupRun(Group group) {
        this.conditions = new AnyOf(group.conditions());
        this.steps = group.statements().stream()
                .map(guarded -> new Step(guarded.statement(), guarded.failures()))
                .toArray(Step[]::new);
    }

    void run(Telemetry telemetry) throws MalformedPayload {
        if (!conditions.isEmpty() && !conditions.holds(telemetry)) {
            return;
        }
        for (Step step : steps) {
            step.run(telemetry);
        }
    }
}
