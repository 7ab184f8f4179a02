package io.lightvessel.config.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A layout of times in strptime's notation, taken apart: directives and the characters between them. */
public record TimeLayout(List<Part> parts) {

    /** The directives that are known, for messages. */
    public static final String EXPECTED =
            "strptime's %Y %y %m %d %e %H %I %M %S %L %f %p %b %B %a %A %j %z %Z %s %T %F %D %R %%";

    private static final String DIRECTIVES = "YymdeHIMSLfspbBaAjzZ";

    public TimeLayout {
        parts = List.copyOf(parts);
    }

    /** A piece of a layout. */
    public sealed interface Part {
        /** A character that must be there. */
        record Literal(char character) implements Part {}

        /** A part of the time, named by strptime's letter. */
        record Directive(char letter) implements Part {}
    }

    /** Empty when a directive is not known. */
    public static Optional<TimeLayout> parse(String layout) {
        String whole = layout.replace("%T", "%H:%M:%S")
                .replace("%F", "%Y-%m-%d")
                .replace("%D", "%m/%d/%y")
                .replace("%R", "%H:%M");
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c != '%') {
                parts.add(new Part.Literal(c));
                continue;
            }
            i++;
            if (i == whole.length()) {
                return Optional.empty();
            }
            char letter = whole.charAt(i);
            if (letter == '%') {
                parts.add(new Part.Literal('%'));
            } else if (DIRECTIVES.indexOf(letter) >= 0) {
                parts.add(new Part.Directive(letter));
            } else {
                return Optional.empty();
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new TimeLayout(parts));
    }
}
