package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import java.util.List;
import java.util.Locale;

/**
 * What owns a stack or a blueprint, so that nothing else changes it: a tool, or people who took it over from one.
 *
 * @param ref where what the tool applies is kept (a repository, a path, a workspace); who took it over, for the console
 */
public record Manager(Kind kind, String ref) {
    private static final int LONGEST = 500;

    /** The kinds of owners. */
    public enum Kind {
        GIT("Git"),
        TERRAFORM("Terraform"),
        CONSOLE("people");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** People, who take over from a tool. */
    static Manager console(String who) {
        return new Manager(Kind.CONSOLE, who);
    }

    /** Reads what {@link #text} writes: the kind, a colon and the place. */
    public static Manager parse(String text) {
        int colon = text.indexOf(':');
        String ref = colon < 0 ? "" : text.substring(colon + 1).strip();
        for (Kind kind : Kind.values()) {
            if (colon > 0
                    && kind != Kind.CONSOLE
                    && kind.name().equalsIgnoreCase(text.substring(0, colon))
                    && !ref.isEmpty()
                    && ref.length() <= LONGEST
                    && ref.chars().noneMatch(Character::isISOControl)) {
                return new Manager(kind, ref);
            }
        }
        String detail = "managedBy: %s (expected: git: or terraform: and where it is kept, at most %d characters)"
                .formatted(text.length() <= LONGEST ? text : text.length() + " characters", LONGEST);
        throw FieldErrors.invalid(List.of(new FieldError("?managedBy", "invalid_parameter", detail)));
    }

    public String text() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + ref;
    }

    /** As people read it. */
    public String words() {
        return "%s (%s)".formatted(kind.words, ref);
    }

    /** Whether people have no part in it. */
    public boolean isTool() {
        return kind != Kind.CONSOLE;
    }

    /** Whether the place can be opened in a browser. */
    public boolean isLink() {
        return isTool() && ref.startsWith("https://");
    }
}
