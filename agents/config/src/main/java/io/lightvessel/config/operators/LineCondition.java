package io.lightvessel.config.operators;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A condition on a line's text, in the part of the Collector's expression language that such conditions are written in:
 * {@code body matches "^\\d"}, {@code body startsWith "x"}, {@code body contains "x"}, each also with {@code not (…)}.
 */
public record LineCondition(Kind kind, String operand, boolean negated) {

    /** What {@link #parse} takes, for messages. */
    public static final String EXPECTED =
            "body matches \"REGEX\", body startsWith \"TEXT\" or body contains \"TEXT\", in not (…) or as it is";

    private static final java.util.regex.Pattern FORM = java.util.regex.Pattern.compile(
            "(?<not>(?:not\\s+|!\\s*))?(?<open>\\()?\\s*(?:body|\\$body)\\s+(?<kind>matches|startsWith|contains)\\s+"
                    + "(?:\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>(?:[^'\\\\]|\\\\.)*)')\\s*(?<close>\\))?");

    /** How the operand is compared. */
    public enum Kind {
        MATCHES,
        STARTS_WITH,
        CONTAINS
    }

    /** Empty when it is no such condition, or its regular expression is none. */
    public static Optional<LineCondition> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || (form.group("open") == null) != (form.group("close") == null)) {
            return Optional.empty();
        }
        Kind kind = switch (form.group("kind")) {
            case "startsWith" -> Kind.STARTS_WITH;
            case "contains" -> Kind.CONTAINS;
            default -> Kind.MATCHES;
        };
        String quoted = form.group("double") == null ? form.group("single") : form.group("double");
        LineCondition condition = new LineCondition(kind, unescaped(quoted), form.group("not") != null);
        return condition.isValid() ? Optional.of(condition) : Optional.empty();
    }

    private boolean isValid() {
        if (kind != Kind.MATCHES) {
            return !operand.isEmpty();
        }
        try {
            Pattern.compile(operand);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Escapes as in Go's strings; one that is none stays, since regular expressions have their own. */
    private static String unescaped(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\' || i + 1 == quoted.length()) {
                text.append(c);
                continue;
            }
            char next = quoted.charAt(++i);
            switch (next) {
                case '\\', '"', '\'' -> text.append(next);
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                default -> text.append(c).append(next);
            }
        }
        return text.toString();
    }
}
