package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes a label selector as the API server takes it in a query. */
final class LabelSelectors {

    private LabelSelectors() {}

    /** Terms in the order of their keys. */
    static String text(Fields selector) throws InvalidMonitorException {
        List<String> terms = new ArrayList<>();
        for (Map.Entry<String, String> label : selector.textMap("matchLabels").entrySet()) {
            terms.add(label.getKey() + "=" + label.getValue());
        }
        for (Fields expression : selector.each("matchExpressions")) {
            String key = expression.text("key").orElse("");
            String operator = expression.text("operator").orElse("");
            String values = "(" + String.join(",", new TreeSet<>(expression.texts("values"))) + ")";
            terms.add(
                    switch (operator) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        case "DoesNotExist" -> "!" + key;
                        default -> throw expression.misfit("operator", operator, "In, NotIn, Exists or DoesNotExist");
                    });
        }
        terms.sort((a, b) -> bare(a).compareTo(bare(b)));
        return String.join(",", terms);
    }

    private static String bare(String term) {
        return term.startsWith("!") ? term.substring(1) : term;
    }
}
