package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.stack.HpaPolicy;

/** Shows how many gateway replicas there are between the least and the most that the policy allows. */
public class ReplicaBar extends Div {
    private static final int DRAWN = 24;

    private final Div bar = new Div();
    private final Paragraph words = new Paragraph();
    private String shown = "";

    public ReplicaBar() {
        setId("replica-bar");
        bar.addClassName("lv-replicas");
        bar.getElement().setAttribute("aria-hidden", "true");
        words.addClassName("lv-soft");
        add(bar, words);
    }

    public void set(HpaPolicy policy, int current) {
        String sentence = sentence(policy, current);
        String state = sentence + policy.minReplicas() + "/" + policy.maxReplicas();
        if (state.equals(shown)) {
            return;
        }
        shown = state;
        words.setText(sentence);
        bar.removeAll();
        int slots = Math.min(DRAWN, Math.max(policy.maxReplicas(), current));
        for (int slot = 1; slot <= slots; slot++) {
            Span replica = new Span();
            replica.addClassName("lv-replica");
            replica.getElement().setAttribute("data-state", state(policy, current, slot));
            bar.add(replica);
        }
    }

    private static String state(HpaPolicy policy, int current, int slot) {
        if (slot <= current) {
            return slot > policy.maxReplicas() ? "extra" : "running";
        }
        return slot <= policy.minReplicas() ? "missing" : "free";
    }

    /** "2 gateways are connected, between 2 and 6 are allowed." */
    public static String sentence(HpaPolicy policy, int current) {
        String now = Format.count(current, "gateway is", "gateways are") + " connected";
        if (!policy.enabled()) {
            return now + "; autoscaling is off.";
        }
        String bounds = now + ", between " + policy.minReplicas() + " and " + policy.maxReplicas() + " are allowed";
        if (current < policy.minReplicas()) {
            return bounds + ": " + (policy.minReplicas() - current) + " fewer than the least.";
        }
        if (current > policy.maxReplicas()) {
            return bounds + ": " + (current - policy.maxReplicas()) + " more than the most.";
        }
        return bounds + (current == policy.maxReplicas() ? ": no room to grow." : ".");
    }
}
