package io.lightvessel.gateway.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules of anybody on labels of anybody: they come to an end, and to labels that may be sent. */
class RelabelFuzzTest {
    private static final int MOST_RULES = 20;

    /** An input that is no rules: the checks of configs would have found it. */
    private static final class Objection extends Exception {
        Objection(String message) {
            super(message);
        }
    }

    private record Input(List<RelabelRule> rules, Map<String, String> labels) {}

    @Test
    void rulesOnLabels() {
        Fuzz.run(
                "relabel",
                12_000,
                bytes -> {
                    Input input = read(new String(bytes, StandardCharsets.UTF_8));
                    return apply(input, NameScheme.UTF8) + " " + apply(input, NameScheme.LEGACY);
                },
                Objection.class);
    }

    private static String apply(Input input, NameScheme names) throws Objection {
        Relabelling all = compile(input.rules(), names);
        LabelsBuilder labels = new LabelsBuilder().reset(LabelSet.of(input.labels()));
        int dropped = all.apply(labels);
        Map<String, String> made = labels.toLabelSet().asMap();

        // One after the other they do the same, and so does a builder that was used before.
        LabelsBuilder again = new LabelsBuilder().reset(LabelSet.of(Map.of("left", "over")));
        again.reset(LabelSet.of(input.labels()));
        int step = 0;
        while (step < input.rules().size()
                && compile(List.of(input.rules().get(step)), names).apply(again) == Relabelling.KEPT) {
            step++;
        }
        assertThat(step == input.rules().size() ? Relabelling.KEPT : step).isEqualTo(dropped);
        assertThat(again.toLabelSet().asMap()).isEqualTo(made);

        made.forEach((name, value) -> {
            assertThat(value).isNotEmpty();
            if (!input.labels().containsKey(name)
                    && input.rules().stream()
                            .noneMatch(rule -> rule.targetLabel().equals(name))) {
                assertThat(names.isLabelName(name)).as(name).isTrue();
            }
        });
        for (RelabelRule rule : input.rules().subList(0, Math.min(input.rules().size(), 1))) {
            if (rule.action() == RelabelAction.HASHMOD && input.rules().size() == 1) {
                assertThat(Long.parseLong(made.get(rule.targetLabel()))).isBetween(0L, rule.modulus() - 1);
            }
        }
        return dropped + " " + made.size();
    }

    private static Relabelling compile(List<RelabelRule> rules, NameScheme names) throws Objection {
        try {
            return Relabelling.compile(rules, names);
        } catch (IllegalArgumentException e) {
            throw new Objection("a regex");
        }
    }

    /** Lines of six fields are rules, those of two are labels. */
    private static Input read(String text) throws Objection {
        List<RelabelRule> rules = new ArrayList<>();
        Map<String, String> labels = new TreeMap<>();
        for (String line : text.split("\n")) {
            String[] fields = line.split("\t", -1);
            switch (fields.length) {
                case 2 -> {
                    if (!fields[0].isEmpty()) {
                        labels.put(fields[0], fields[1]);
                    }
                }
                case 6 -> rules.add(rule(fields));
                default -> throw new Objection(fields.length + " fields");
            }
        }
        if (rules.isEmpty() || rules.size() > MOST_RULES) {
            throw new Objection(rules.size() + " rules");
        }
        return new Input(rules, labels);
    }

    private static RelabelRule rule(String[] fields) throws Objection {
        RelabelAction action = null;
        for (RelabelAction one : RelabelAction.values()) {
            if (one.name().equals(fields[0].toUpperCase(Locale.ROOT))) {
                action = one;
            }
        }
        if (action == null) {
            throw new Objection("an action");
        }
        List<String> sources = fields[1].isEmpty() ? List.of() : List.of(fields[1].split(",", -1));
        boolean named = !fields[4].isEmpty();
        long modulus = 0;
        if (action == RelabelAction.HASHMOD) {
            modulus = Integer.toUnsignedLong(fields[5].hashCode()) + 1;
        }
        switch (action) {
            case REPLACE, LOWERCASE, UPPERCASE, HASHMOD, KEEPEQUAL, DROPEQUAL -> {
                if (!named) {
                    throw new Objection("no target_label");
                }
            }
            case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> {
                // These have none.
            }
        }
        return new RelabelRule(action, sources, fields[2], fields[3], fields[4], fields[5], modulus);
    }
}
