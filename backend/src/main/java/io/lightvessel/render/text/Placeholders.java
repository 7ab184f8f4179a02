package io.lightvessel.render.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows the placeholders that texts of a stack may contain, {@code ${env:NAME}} and {@code ${env:NAME:-default}}. */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?}");
    private static final Pattern DOLLAR = Pattern.compile(PLACEHOLDER.pattern() + "|\\$");

    private Placeholders() {}

    /** A part of a text. */
    public sealed interface Part {
        /** Text that stands for itself. */
        record Literal(String text) implements Part {}

        /** The value of an environment variable. */
        record Variable(String name, @Nullable String otherwise) implements Part {}
    }

    /** A dollar sign means a placeholder to collectors; one that is not the start of a placeholder is doubled. */
    public static String escaped(String value) {
        Matcher dollar = DOLLAR.matcher(value);
        return dollar.replaceAll(found -> Matcher.quoteReplacement(found.group().length() == 1 ? "$$" : found.group()));
    }

    /** The parts of a text, literals never empty; an empty text has none. */
    public static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher found = PLACEHOLDER.matcher(text);
        int end = 0;
        while (found.find()) {
            if (found.start() > end) {
                parts.add(new Part.Literal(text.substring(end, found.start())));
            }
            parts.add(new Part.Variable(found.group(1), found.group(2)));
            end = found.end();
        }
        if (end < text.length()) {
            parts.add(new Part.Literal(text.substring(end)));
        }
        return parts;
    }
}
