package io.lightvessel.render.companion;

import io.lightvessel.render.text.Tree;
import io.lightvessel.stack.HpaPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes how fast replicas may come and go, in the words of autoscaling/v2. */
public final class Autoscaling {
    private Autoscaling() {}

    public static Map<String, Object> behavior(HpaPolicy policy) {
        return Tree.of(
                "scaleUp", rules(policy.behavior().scaleUp()),
                "scaleDown", rules(policy.behavior().scaleDown()));
    }

    private static Map<String, Object> rules(HpaPolicy.Rules rules) {
        List<Object> policies = new ArrayList<>();
        for (HpaPolicy.Policy policy : rules.policies()) {
            policies.add(Tree.of(
                    "type",
                    switch (policy.type()) {
                        case PODS -> "Pods";
                        case PERCENT -> "Percent";
                    },
                    "value",
                    policy.value(),
                    "periodSeconds",
                    policy.periodSeconds()));
        }
        return Tree.of(
                "stabilizationWindowSeconds",
                rules.stabilizationWindowSeconds(),
                "selectPolicy",
                switch (rules.selectPolicy()) {
                    case MAX -> "Max";
                    case MIN -> "Min";
                    case DISABLED -> "Disabled";
                },
                "policies",
                policies);
    }
}
