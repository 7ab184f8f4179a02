package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The gateway's horizontal autoscaling: bounds, target and how fast it may move. */
public record HpaPolicy(
        @Doc("Whether an HPA is rendered; without one the Deployment's own replica count holds.")
        boolean enabled,

        @Doc("Replicas there are at least.")
        @Min(value = 1, message = REPLICAS)
        @Max(value = MAX_REPLICAS, message = REPLICAS)
        int minReplicas,

        @Doc("Replicas there are at most.")
        @Min(value = 1, message = REPLICAS)
        @Max(value = MAX_REPLICAS, message = REPLICAS)
        int maxReplicas,

        @Doc("Average CPU use, in percent of what the pods request, that the HPA aims at.")
        @Min(value = 1, message = PERCENT)
        @Max(value = 100, message = PERCENT)
        int targetCpuPercent,

        @Doc("How fast the number of replicas may change.") @NotNull(message = Expected.OBJECT) @Valid
        Behavior behavior) {

    private static final int MAX_REPLICAS = 100;
    private static final String REPLICAS = "expected: 1..100";
    private static final String PERCENT = "expected: 1..100";

    public static HpaPolicy defaults() {
        return new HpaPolicy(true, 2, 6, 70, Behavior.defaults());
    }

    /** The two directions of scaling. */
    public record Behavior(
            @Doc("Rules for adding replicas.") @NotNull(message = Expected.OBJECT) @Valid
            Rules scaleUp,

            @Doc("Rules for removing replicas.") @NotNull(message = Expected.OBJECT) @Valid
            Rules scaleDown) {

        // Up at once, since producers are being refused; down slowly, since each replica's queue has to drain.
        static Behavior defaults() {
            return new Behavior(
                    new Rules(
                            0,
                            Select.MAX,
                            List.of(new Policy(PolicyType.PODS, 2, 60), new Policy(PolicyType.PERCENT, 100, 60))),
                    new Rules(300, Select.MIN, List.of(new Policy(PolicyType.PODS, 1, 120))));
        }
    }

    /** What one direction of scaling obeys. */
    public record Rules(
            @Doc("Seconds of history whose strongest recommendation counts.")
            @Min(value = 0, message = "expected: 0..3600")
            @Max(value = 3600, message = "expected: 0..3600")
            int stabilizationWindowSeconds,

            @Doc("Which policy wins when several apply.") @NotNull(message = "expected: MAX, MIN or DISABLED")
            Select selectPolicy,

            @Doc("Limits on the change within a period.")
            @NotNull(message = "expected: a list")
            @Size(min = 1, max = 8, message = "expected: 1 to 8 policies")
            List<@NotNull(message = Expected.OBJECT) @Valid Policy> policies) {

        public Rules {
            policies = policies == null ? List.of() : List.copyOf(policies);
        }
    }

    /** At most this many pods, or this share of them, within a period. */
    public record Policy(
            @Doc("What the value counts.") @NotNull(message = "expected: PODS or PERCENT")
            PolicyType type,

            @Doc("Pods, or percent of the pods there are.")
            @Min(value = 1, message = "expected: 1..1000")
            @Max(value = 1000, message = "expected: 1..1000")
            int value,

            @Doc("Length of the period.")
            @Min(value = 1, message = "expected: 1..1800")
            @Max(value = 1800, message = "expected: 1..1800")
            int periodSeconds) {}

    /** The unit of a policy's value. */
    public enum PolicyType {
        PODS,
        PERCENT
    }

    /** Which of several policies wins; {@code DISABLED} forbids the direction. */
    public enum Select {
        MAX,
        MIN,
        DISABLED
    }
}
