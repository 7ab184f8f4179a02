package io.lightvessel.scaling.ui;

import io.lightvessel.platform.ui.Facts;
import io.lightvessel.scaling.ScalingView;
import io.lightvessel.stack.HpaPolicy;
import java.util.stream.Collectors;

/** Words a scaling policy. */
final class PolicyFacts {

    private PolicyFacts() {}

    static Facts of(ScalingView view) {
        HpaPolicy policy = view.policy();
        return new Facts()
                .with("Autoscaling", policy.enabled() ? "on" : "off")
                .with("Least", policy.minReplicas() + " replicas")
                .with("Most", policy.maxReplicas() + " replicas")
                .with("Grows above", policy.targetCpuPercent() + " % of the CPU that pods request")
                .with("Scale up", words(policy.behavior().scaleUp()))
                .with("Scale down", words(policy.behavior().scaleDown()))
                .with(
                        "From",
                        view.revision() == 0 ? "the defaults; no stack is saved" : "stack revision " + view.revision());
    }

    static String words(HpaPolicy.Rules rules) {
        if (rules.selectPolicy() == HpaPolicy.Select.DISABLED) {
            return "never";
        }
        String limits = rules.policies().stream()
                .map(policy -> "%d%s in %d s"
                        .formatted(
                                policy.value(),
                                policy.type() == HpaPolicy.PolicyType.PERCENT
                                        ? " %"
                                        : policy.value() == 1 ? " replica" : " replicas",
                                policy.periodSeconds()))
                .collect(Collectors.joining(rules.selectPolicy() == HpaPolicy.Select.MAX ? " or " : " and "));
        String window = rules.stabilizationWindowSeconds() == 0
                ? "at once"
                : "after " + rules.stabilizationWindowSeconds() + " s of less need";
        return "at most " + limits + ", " + window;
    }
}
