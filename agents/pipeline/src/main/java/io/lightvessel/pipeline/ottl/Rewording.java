package io.lightvessel.pipeline.ottl;

import io.lightvessel.pipeline.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** Replaces what a pattern matches in texts; its replacement may be another text for each record. */
final class Rewording {

    private final TextPattern pattern;
    private final boolean whole;
    private final Getter replacement;
    private final Value value = new Value();
    private @Nullable String lastTemplate;
    private @Nullable Replacement last;

    /** @param whole whether matching texts are replaced as a whole, the replacement being taken as it is */
    Rewording(TextPattern pattern, boolean whole, Getter replacement) {
        this.pattern = pattern;
        this.whole = whole;
        this.replacement = replacement;
    }

    /** Finds the replacement for one record. */
    Run prepare(Telemetry telemetry) throws StatementFailure, MalformedPayload {
        replacement.get(telemetry, value);
        value.expect(Value.Kind.STRING);
        return new Run(value.text());
    }

    private Replacement compiled(String template) {
        Replacement known = last;
        if (known == null || !template.equals(lastTemplate)) {
            known = new Replacement(template, pattern);
            last = known;
            lastTemplate = template;
        }
        return known;
    }

    /** The replacement as it is for one record. */
    final class Run {

        private final String template;

        private Run(String template) {
            this.template = template;
        }

        /** The text as it becomes; null when it stays. */
        @Nullable
        String reword(Value text) {
            if (whole) {
                return pattern.isFound(text.bytes(), text.from(), text.to()) ? template : null;
            }
            if (!pattern.mayBeFound(text.bytes(), text.from(), text.to())) {
                return null;
            }
            String before = text.text();
            String after = compiled(template).replaceAll(before, pattern);
            return after.equals(before) ? null : after;
        }
    }
}
