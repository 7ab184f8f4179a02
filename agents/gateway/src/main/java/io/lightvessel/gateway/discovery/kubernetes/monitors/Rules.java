package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Relabel rules in the making, in the shape that the operator gives them. */
final class Rules {

    private static final String META = "__meta_kubernetes_";

    private final List<Map<String, Object>> rules = new ArrayList<>();

    List<Map<String, Object>> list() {
        return rules;
    }

    void keep(String regex, String... sources) {
        filter("keep", regex, sources);
    }

    void drop(String regex, String... sources) {
        filter("drop", regex, sources);
    }

    private void filter(String action, String regex, String... sources) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("action", action);
        rule.put("source_labels", List.of(sources));
        rule.put("regex", regex);
        rules.add(rule);
    }

    void copy(String source, String target) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_labels", List.of(source));
        rule.put("target_label", target);
        rules.add(rule);
    }

    /** Copies a label that is there and not empty. */
    void copyIfAny(String source, String target) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_labels", List.of(source));
        rule.put("target_label", target);
        rule.put("regex", "(.+)");
        rule.put("replacement", "${1}");
        rules.add(rule);
    }

    /** Takes the name of what an endpoint refers to, if it is of that kind. */
    void targetName(String role, String kind, String target) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_labels", List.of(META + role + "_address_target_kind", META + role + "_address_target_name"));
        rule.put("separator", ";");
        rule.put("regex", kind + ";(.*)");
        rule.put("replacement", "${1}");
        rule.put("target_label", target);
        rules.add(rule);
    }

    void set(String target, String value) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("target_label", target);
        rule.put("replacement", value);
        rules.add(rule);
    }

    void add(Map<String, Object> rule) {
        rules.add(rule);
    }

    void dropFinishedPods() {
        drop("(Failed|Succeeded)", META + "pod_phase");
    }

    /** Keeps what a label selector selects; an invalid operator selects nothing, so it is refused. */
    void select(Fields selector, String kind) throws InvalidMonitorException {
        for (Map.Entry<String, String> label : selector.textMap("matchLabels").entrySet()) {
            keep("(" + label.getValue() + ");true", label(kind, label.getKey()), present(kind, label.getKey()));
        }
        for (Fields expression : selector.each("matchExpressions")) {
            String key = required(expression, "key");
            String operator = required(expression, "operator");
            String values = "(" + String.join("|", expression.texts("values")) + ");true";
            switch (operator) {
                case "In" -> keep(values, label(kind, key), present(kind, key));
                case "NotIn" -> drop(values, label(kind, key), present(kind, key));
                case "Exists" -> keep("true", present(kind, key));
                case "DoesNotExist" -> drop("true", present(kind, key));
                default -> throw expression.misfit("operator", operator, "In, NotIn, Exists or DoesNotExist");
            }
        }
    }

    private static String required(Fields fields, String key) throws InvalidMonitorException {
        Optional<String> text = fields.text(key);
        return text.orElseThrow(() -> new InvalidMonitorException(fields.path(key) + ": missing (expected: a text)"));
    }

    static String label(String kind, String key) {
        return META + kind + "_label_" + sanitized(key);
    }

    private static String present(String kind, String key) {
        return META + kind + "_labelpresent_" + sanitized(key);
    }

    static String sanitized(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            name.append(plain ? c : '_');
        }
        return name.toString();
    }

    /** The rules that a monitor has itself, with Prometheus' names of keys. */
    static List<Map<String, Object>> own(Fields endpoint, String key) throws InvalidMonitorException {
        List<Map<String, Object>> own = new ArrayList<>();
        for (Fields rule : endpoint.each(key)) {
            Map<String, Object> made = new LinkedHashMap<>();
            List<String> sources = rule.texts("sourceLabels");
            if (!sources.isEmpty()) {
                made.put("source_labels", sources);
            }
            rule.anyText("separator").ifPresent(text -> made.put("separator", text));
            rule.text("targetLabel").ifPresent(text -> made.put("target_label", text));
            rule.text("regex").ifPresent(text -> made.put("regex", text));
            rule.whole("modulus").filter(modulus -> modulus != 0).ifPresent(modulus -> made.put("modulus", modulus));
            rule.anyText("replacement").ifPresent(text -> made.put("replacement", text));
            rule.text("action").ifPresent(text -> made.put("action", text.toLowerCase(Locale.ROOT)));
            own.add(made);
        }
        return own;
    }
}
