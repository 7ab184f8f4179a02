package io.lightvessel.stack;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Something that lines must not show, known by name or by a regular expression. */
public record LineRedaction(
        @Doc("What is known by name.") @Nullable Known preset,

        @Doc("A regular expression (RE2) of it.") @Size(min = 1, max = 500, message = Expected.REGEX_EXPECTED) @Nullable
        String pattern,

        @Doc("What is put in its place, with $1 for a group of the expression; *** unless written.")
        @Pattern(regexp = REPLACEMENT, message = REPLACEMENT_EXPECTED)
        @Nullable
        String replacement) {

    // What every program that lines are rendered for understands alike.
    private static final String REPLACEMENT = "([^$\\\\{}\\r\\n]|\\$[0-9](?![A-Za-z0-9_])){0,100}";
    private static final String REPLACEMENT_EXPECTED =
            "expected: at most 100 characters without backslashes and braces, a dollar sign only before the number of a group, no letter, digit or _ after that";
    private static final String MASK = "***";

    /** What stands in a line instead. */
    public String mask() {
        return replacement == null ? MASK : replacement;
    }

    /** What is known by name. */
    public enum Known {
        EMAIL,
        IPV4,
        CREDIT_CARD,
        BEARER_TOKEN,
        PASSWORD
    }
}
