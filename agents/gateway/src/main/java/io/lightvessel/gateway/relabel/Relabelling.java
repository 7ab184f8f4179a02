package io.lightvessel.gateway.relabel;

import java.util.List;

/** Relabel rules ready to be applied, by any number of threads at a time. */
public final class Relabelling {

    /** What {@link #apply} answers when no rule dropped the labels. */
    public static final int KEPT = -1;

    private final List<RelabelRule> rules;
    private final RelabelStep[] steps;

    private Relabelling(List<RelabelRule> rules, RelabelStep[] steps) {
        this.rules = rules;
        this.steps = steps;
    }

    /** @throws IllegalArgumentException when an expression is none, which checked configs do not have */
    public static Relabelling compile(List<RelabelRule> rules, NameScheme names) {
        RelabelStep[] steps = new RelabelStep[rules.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = RelabelStep.of(rules.get(i), names);
        }
        return new Relabelling(List.copyOf(rules), steps);
    }

    public boolean isEmpty() {
        return steps.length == 0;
    }

    public List<RelabelRule> rules() {
        return rules;
    }

    /** Changes the labels rule by rule. The answer is the index of the rule that dropped them, or {@link #KEPT}. */
    public int apply(LabelsBuilder labels) {
        for (int i = 0; i < steps.length; i++) {
            if (!steps[i].apply(labels)) {
                return i;
            }
        }
        return KEPT;
    }
}
