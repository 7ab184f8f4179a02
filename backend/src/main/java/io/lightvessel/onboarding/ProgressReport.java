package io.lightvessel.onboarding;

import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.onboarding.EnrollmentProgress.Hint;
import io.lightvessel.onboarding.EnrollmentProgress.Stage;
import io.lightvessel.onboarding.EnrollmentProgress.Step;
import io.lightvessel.onboarding.EnrollmentProgress.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says how far an enrolment has come, and when it does not come further, why that may be. */
final class ProgressReport {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EnrollmentToken token;
    private final List<EnrollmentAttempt> attempts;
    private final List<Agent> agents;
    private final Instant now;

    /**
     * Gathers what is known.
     *
     * @param attempts latest first
     * @param agents newest first
     */
    ProgressReport(EnrollmentToken token, List<EnrollmentAttempt> attempts, List<Agent> agents, Instant now) {
        this.token = token;
        this.attempts = attempts;
        this.agents = agents;
        this.now = now;
    }

    EnrollmentProgress build() {
        Agent agent = agents.isEmpty() ? null : agents.getFirst();
        List<Step> steps = List.of(seen(agent), connected(agent), configured(agent), firstData(agent));
        Step open = steps.stream()
                .filter(step -> step.state() != StepState.DONE)
                .findFirst()
                .orElse(null);
        boolean worrying = open != null
                && (open.state() == StepState.FAILED || now.isAfter(since(agent).plus(PATIENCE)));
        return new EnrollmentProgress(
                token,
                steps,
                agents,
                open == null,
                worrying ? Objects.requireNonNull(open).sentence() : null,
                worrying ? hints(Objects.requireNonNull(open)) : List.of());
    }

    private Instant since(@Nullable Agent agent) {
        return agent == null ? token.createdAt() : agent.enrolledAt();
    }

    private Step seen(@Nullable Agent agent) {
        if (agent != null) {
            return new Step(Stage.TOKEN_SEEN, StepState.DONE, agent.enrolledAt(), "Token used by " + agent.name());
        }
        EnrollmentAttempt refused = attempts.stream()
                .filter(attempt -> !attempt.accepted())
                .findFirst()
                .orElse(null);
        if (refused != null) {
            return new Step(
                    Stage.TOKEN_SEEN,
                    StepState.FAILED,
                    null,
                    "Refused %s: %s".formatted(refused.remoteAddress(), refused.detail()));
        }
        return switch (token.state(now)) {
            case ACTIVE -> waiting(Stage.TOKEN_SEEN, "No agent has used this token yet");
            case REVOKED, EXPIRED, USED_UP ->
                new Step(
                        Stage.TOKEN_SEEN,
                        StepState.FAILED,
                        null,
                        "No agent used this token while it was valid. Create a new one.");
        };
    }

    private static Step connected(@Nullable Agent agent) {
        if (agent == null) {
            return waiting(Stage.CONNECTED, "Waiting for the agent");
        }
        Instant at = agent.connectedAt();
        if (at == null) {
            return waiting(Stage.CONNECTED, agent.name() + " has its credential and should reconnect with it");
        }
        if (agent.health().status() == HealthStatus.DOWN) {
            return new Step(
                    Stage.CONNECTED,
                    StepState.FAILED,
                    null,
                    agent.name() + " was connected, but is down: "
                            + agent.health().reason());
        }
        return new Step(
                Stage.CONNECTED,
                StepState.DONE,
                at,
                "%s %s on %s"
                        .formatted(agent.name(), agent.version(), agent.host())
                        .strip());
    }

    private static Step configured(@Nullable Agent agent) {
        if (agent == null || agent.connectedAt() == null) {
            return waiting(Stage.CONFIG_APPLIED, "Waiting for the agent to connect");
        }
        if (agent.config().status() == ConfigStatus.FAILED) {
            return new Step(
                    Stage.CONFIG_APPLIED, StepState.FAILED, null, agent.config().reason());
        }
        Instant at = agent.configAppliedAt();
        return at == null
                ? waiting(Stage.CONFIG_APPLIED, agent.config().reason())
                : new Step(
                        Stage.CONFIG_APPLIED, StepState.DONE, at, agent.config().reason());
    }

    private static Step firstData(@Nullable Agent agent) {
        if (agent == null || agent.configAppliedAt() == null) {
            return waiting(Stage.FIRST_DATA, "Waiting for the configuration to be applied");
        }
        Instant at = agent.firstDataAt();
        return at == null
                ? waiting(Stage.FIRST_DATA, "No telemetry has reached " + agent.name() + " yet")
                : new Step(Stage.FIRST_DATA, StepState.DONE, at, "Telemetry flows through " + agent.name());
    }

    private static Step waiting(Stage stage, String sentence) {
        return new Step(stage, StepState.WAITING, null, sentence);
    }

    private static List<Hint> hints(Step open) {
        return switch (open.stage()) {
            case TOKEN_SEEN ->
                List.of(
                        new Hint(
                                "Does the agent run, and what does it say? In Kubernetes:",
                                "kubectl -n monitoring logs deploy/alloy --tail=50"),
                        new Hint(
                                "Does the agent's host reach the control plane? The answer should be a 401:",
                                "curl -i -X POST -H 'Content-Type: application/x-protobuf' \"$CONTROL_PLANE/v1/opamp\""),
                        new Hint(
                                "Was the token copied whole? It has 58 characters:",
                                "printf %s \"$LIGHTVESSEL_ENROLLMENT_TOKEN\" | wc -c"));
            case CONNECTED ->
                List.of(
                        new Hint("What does the agent say?", "kubectl -n monitoring logs deploy/alloy --tail=50"),
                        new Hint(
                                "Can it write its credential to its state directory?",
                                "kubectl -n monitoring exec deploy/alloy -- df -h"));
            case CONFIG_APPLIED ->
                List.of(new Hint(
                        "Why could it not apply its configuration?",
                        "kubectl -n monitoring logs deploy/alloy --tail=50 | grep -i config"));
            case FIRST_DATA ->
                List.of(
                        new Hint(
                                "Where do your applications send to? They need the gateway's address:",
                                "export OTEL_EXPORTER_OTLP_ENDPOINT=http://alloy.monitoring:4317"),
                        new Hint(
                                "Does the gateway receive anything? These counters should grow:",
                                "curl -s http://alloy.monitoring:8888/metrics | grep otelcol_receiver_accepted"));
        };
    }
}
