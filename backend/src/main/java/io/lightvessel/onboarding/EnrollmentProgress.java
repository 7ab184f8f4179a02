package io.lightvessel.onboarding;

import io.lightvessel.fleet.Agent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the newest agent of a token has come, step by step.
 *
 * @param agents those that enrolled with the token, newest first
 * @param done whether every step is
 * @param trouble what seems to be wrong, in one sentence; null while there is no reason to worry
 * @param hints what to check, with commands to copy
 */
public record EnrollmentProgress(
        EnrollmentToken token,
        List<Step> steps,
        List<Agent> agents,
        boolean done,
        @Nullable String trouble,
        List<Hint> hints) {

    public EnrollmentProgress {
        steps = List.copyOf(steps);
        agents = List.copyOf(agents);
        hints = List.copyOf(hints);
    }

    /** The stages of enrolling an agent, in order. */
    public enum Stage {
        TOKEN_SEEN,
        CONNECTED,
        CONFIG_APPLIED,
        FIRST_DATA
    }

    /** Where one stage stands. */
    public enum StepState {
        DONE,
        WAITING,
        FAILED
    }

    /**
     * One stage.
     *
     * @param at when it was done
     * @param sentence what happened, what is waited for, or why it failed
     */
    public record Step(
            Stage stage, StepState state, @Nullable Instant at, String sentence) {}

    /** Something to check. */
    public record Hint(String text, String command) {}
}
