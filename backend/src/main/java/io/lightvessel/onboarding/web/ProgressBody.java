package io.lightvessel.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.fleet.Agent;
import io.lightvessel.onboarding.EnrollmentProgress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far an enrolment has come, on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProgressBody(
        List<StepBody> steps,
        List<String> agents,
        boolean done,
        @Nullable String trouble,
        List<EnrollmentProgress.Hint> hints) {

    static ProgressBody of(EnrollmentProgress progress) {
        return new ProgressBody(
                progress.steps().stream()
                        .map(step -> new StepBody(step.stage(), step.state(), step.at(), step.sentence()))
                        .toList(),
                progress.agents().stream().map(Agent::id).map(Object::toString).toList(),
                progress.done(),
                progress.trouble(),
                progress.hints());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepBody(
            EnrollmentProgress.Stage stage,
            EnrollmentProgress.StepState state,
            @Nullable Instant at,
            String sentence) {}
}
