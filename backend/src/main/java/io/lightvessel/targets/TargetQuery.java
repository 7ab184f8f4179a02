package io.lightvessel.targets;

import org.jspecify.annotations.Nullable;

/**
 * Which targets are wanted.
 *
 * @param job of this job only; null for all
 * @param state in this state only; null for all
 * @param owner of the agent with this id or name only; null for all
 * @param text with this text in job, URL or a label's value, whatever its case; empty for all
 */
public record TargetQuery(
        @Nullable String job,
        @Nullable TargetState state,
        @Nullable String owner,
        String text) {
    public static final TargetQuery ALL = new TargetQuery(null, null, null, "");
}
