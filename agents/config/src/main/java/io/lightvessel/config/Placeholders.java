package io.lightvessel.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}}, {@code ${env:NAME:-default}} and {@code $$} in a scalar's text. What can be no variable stays as
 * it is: {@code $1} and {@code ${1}}, as replacements in relabel rules have them.
 */
final class Placeholders {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\{[0-9]{1,9}}|\\$\\{([^}]*)}|\\$\\{");
    private static final Pattern VARIABLE =
            Pattern.compile("(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String EXPECTED = "${env:NAME} or ${env:NAME:-default}";

    private final Environment environment;

    Placeholders(Environment environment) {
        this.environment = environment;
    }

    /**
     * What became of a text.
     *
     * @param text the text with values in place; while unresolved, with defaults in place
     * @param open true when it still holds placeholders because values are known in the cluster only
     * @param complete false when an open placeholder has no default, so that the text says nothing about the type
     * @param problem what is wrong with a placeholder
     */
    record Expansion(
            String text,
            boolean open,
            boolean complete,
            @Nullable String problem) {}

    Expansion expand(String text) {
        if (text.indexOf('$') < 0) {
            return new Expansion(text, false, true, null);
        }
        boolean unresolved = environment.equals(Environment.UNRESOLVED);
        boolean open = false;
        boolean complete = true;
        StringBuilder expanded = new StringBuilder();
        Matcher references = REFERENCE.matcher(text);
        while (references.find()) {
            if (references.group().equals("$$")) {
                references.appendReplacement(expanded, "\\$");
                continue;
            }
            if (isNumbered(references.group())) {
                references.appendReplacement(expanded, Matcher.quoteReplacement(references.group()));
                continue;
            }
            String inner = references.group(1);
            Matcher variable = VARIABLE.matcher(inner == null ? "" : inner);
            if (!variable.matches()) {
                return new Expansion(
                        text,
                        false,
                        false,
                        "'" + references.group() + "' is no placeholder (expected: " + EXPECTED
                                + ", or $$ for a dollar sign)");
            }
            String name = variable.group(1);
            @Nullable String value = unresolved ? null : environment.lookup(name);
            if (value == null || value.isEmpty()) {
                @Nullable String fallback = variable.group(2);
                if (fallback != null) {
                    value = fallback;
                } else if (unresolved) {
                    complete = false;
                } else if (value == null) {
                    return new Expansion(
                            text,
                            false,
                            false,
                            "environment variable " + name + " is not set (expected: a value, or a default as in ${env:"
                                    + name + ":-default})");
                }
            }
            open |= unresolved;
            references.appendReplacement(expanded, Matcher.quoteReplacement(value == null ? "" : value));
        }
        references.appendTail(expanded);
        return new Expansion(expanded.toString(), open, complete, null);
    }

    /** A group of a regular expression, as in {@code ${1}}. */
    private static boolean isNumbered(String reference) {
        return reference.length() > 3 && Character.isDigit(reference.charAt(2));
    }

    /** The text without its placeholders; empty when one of them carries a default, which may itself be secret. */
    static Optional<String> withoutPlaceholders(String text) {
        StringBuilder rest = new StringBuilder();
        Matcher references = REFERENCE.matcher(text);
        while (references.find()) {
            String inner = references.group(1);
            if (inner == null || inner.contains(":-")) {
                return Optional.empty();
            }
            references.appendReplacement(rest, "");
        }
        references.appendTail(rest);
        return Optional.of(rest.toString());
    }
}
