package io.lightvessel.gateway.relabel;

import org.jspecify.annotations.Nullable;

/** One rule at work. */
@FunctionalInterface
interface RelabelStep {

    /** False when the labels are dropped. */
    boolean apply(LabelsBuilder labels);

    static RelabelStep of(RelabelRule rule, NameScheme names) {
        AnchoredPattern pattern = AnchoredPattern.compile(rule.regex());
        SourceValue source = new SourceValue(rule);
        String target = rule.targetLabel();
        return switch (rule.action()) {
            case KEEP -> labels -> pattern.matches(source.of(labels));
            case DROP -> labels -> !pattern.matches(source.of(labels));
            case KEEPEQUAL -> labels -> labels.get(target).equals(source.of(labels));
            case DROPEQUAL -> labels -> !labels.get(target).equals(source.of(labels));
            case LOWERCASE -> labels -> set(labels, target, Unicode.toLowerCase(source.of(labels)));
            case UPPERCASE -> labels -> set(labels, target, Unicode.toUpperCase(source.of(labels)));
            case HASHMOD -> labels -> set(labels, target, HashMod.of(source.of(labels), rule.modulus()));
            case REPLACE -> new Replace(pattern, source, rule, names);
            case LABELMAP -> new LabelMap(pattern, rule, names);
            case LABELDROP ->
                labels -> {
                    labels.removeIf(pattern::matches);
                    return true;
                };
            case LABELKEEP ->
                labels -> {
                    labels.removeIf(name -> !pattern.matches(name));
                    return true;
                };
        };
    }

    private static boolean set(LabelsBuilder labels, String name, String value) {
        labels.set(name, value);
        return true;
    }

    /** The source labels' values, joined. */
    final class SourceValue {
        private final String[] names;
        private final String separator;

        SourceValue(RelabelRule rule) {
            this.names = rule.sourceLabels().toArray(String[]::new);
            this.separator = rule.separator();
        }

        String of(LabelsBuilder labels) {
            if (names.length == 1) {
                return labels.get(names[0]);
            }
            StringBuilder joined = new StringBuilder();
            for (int i = 0; i < names.length; i++) {
                joined.append(i == 0 ? "" : separator).append(labels.get(names[i]));
            }
            return joined.toString();
        }
    }

    /** Sets a label from groups of the expression. */
    final class Replace implements RelabelStep {
        private final AnchoredPattern pattern;
        private final SourceValue source;
        private final NameScheme names;
        private final Template replacement;
        private final @Nullable Template target;
        private final String targetLabel;

        Replace(AnchoredPattern pattern, SourceValue source, RelabelRule rule, NameScheme names) {
            this.pattern = pattern;
            this.source = source;
            this.names = names;
            this.replacement = Template.compile(rule.replacement(), pattern);
            this.targetLabel = rule.targetLabel();
            this.target = targetLabel.indexOf('$') < 0 ? null : Template.compile(targetLabel, pattern);
        }

        @Override
        public boolean apply(LabelsBuilder labels) {
            String value = source.of(labels);
            int[] found = pattern.find(value);
            if (found == null) {
                return true;
            }
            String name = target == null ? targetLabel : target.expand(value, found);
            if (names.isLabelName(name)) {
                labels.set(name, replacement.expand(value, found));
            }
            return true;
        }
    }

    /** Copies labels to names made from their own. */
    final class LabelMap implements RelabelStep {
        private final AnchoredPattern pattern;
        private final Template replacement;
        private final NameScheme names;

        LabelMap(AnchoredPattern pattern, RelabelRule rule, NameScheme names) {
            this.pattern = pattern;
            this.replacement = Template.compile(rule.replacement(), pattern);
            this.names = names;
        }

        /** Looks at the labels as they were before, so none is made from one that was just made. */
        @Override
        public boolean apply(LabelsBuilder labels) {
            int count = labels.size();
            String[] before = new String[count * 2];
            for (int i = 0; i < count; i++) {
                before[i * 2] = labels.name(i);
                before[i * 2 + 1] = labels.value(i);
            }
            for (int i = 0; i < before.length; i += 2) {
                int[] found = pattern.find(before[i]);
                if (found == null) {
                    continue;
                }
                String name = replacement.expand(before[i], found);
                if (names.isLabelName(name)) {
                    labels.set(name, before[i + 1]);
                }
            }
            return true;
        }
    }
}
