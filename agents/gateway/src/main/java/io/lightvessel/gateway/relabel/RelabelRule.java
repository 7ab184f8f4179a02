package io.lightvessel.gateway.relabel;

import io.lightvessel.config.Settings;
import java.util.List;

/**
 * One relabel rule as a config has it.
 *
 * @param targetLabel empty when the action has none
 * @param modulus for {@link RelabelAction#HASHMOD}; otherwise 0
 */
public record RelabelRule(
        RelabelAction action,
        List<String> sourceLabels,
        String separator,
        String regex,
        String targetLabel,
        String replacement,
        long modulus) {

    static final String ANYTHING = "(.*)";

    public RelabelRule {
        sourceLabels = List.copyOf(sourceLabels);
    }

    /** The rules of a key such as {@code relabel_configs}. */
    public static List<RelabelRule> listOf(Settings settings, String key) {
        return settings.sections(key).stream().map(RelabelRule::of).toList();
    }

    private static RelabelRule of(Settings settings) {
        return new RelabelRule(
                RelabelAction.of(settings.string("action")),
                settings.strings("source_labels"),
                settings.string("separator"),
                settings.string("regex"),
                settings.optionalString("target_label").orElse(""),
                settings.string("replacement"),
                settings.has("modulus") ? settings.integer("modulus") : 0);
    }

    /** Keeps what has this in the label, or in the labels joined by semicolons. */
    public static RelabelRule keep(String regex, String... sourceLabels) {
        return filter(RelabelAction.KEEP, regex, sourceLabels);
    }

    public static RelabelRule drop(String regex, String... sourceLabels) {
        return filter(RelabelAction.DROP, regex, sourceLabels);
    }

    private static RelabelRule filter(RelabelAction action, String regex, String... sourceLabels) {
        return new RelabelRule(action, List.of(sourceLabels), ";", regex, "", "$1", 0);
    }

    /** Sets a label, to {@code replacement}, where the source labels match. */
    public static RelabelRule replace(String targetLabel, String replacement, String regex, String... sourceLabels) {
        return new RelabelRule(RelabelAction.REPLACE, List.of(sourceLabels), ";", regex, targetLabel, replacement, 0);
    }

    /** Sets a label to the value of another, if that has one. */
    public static RelabelRule copy(String sourceLabel, String targetLabel) {
        return replace(targetLabel, "$1", "(.+)", sourceLabel);
    }

    /** Sets a label. */
    public static RelabelRule set(String targetLabel, String value) {
        return replace(targetLabel, value.replace("$", "$$"), ANYTHING);
    }

    /** Copies labels whose names match to names made from them. */
    public static RelabelRule labelMap(String regex, String replacement) {
        return new RelabelRule(RelabelAction.LABELMAP, List.of(), ";", regex, "", replacement, 0);
    }

    /** A text as an expression that matches just it. */
    public static String quote(String text) {
        return com.google.re2j.Pattern.quote(text);
    }
}
