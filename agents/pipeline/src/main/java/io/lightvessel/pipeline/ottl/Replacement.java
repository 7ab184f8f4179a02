package io.lightvessel.pipeline.ottl;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What matches are replaced by, with the groups they captured: {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}},
 * and {@code $$} for a dollar sign. Without braces a name is as long as it can be, and groups that are not there are
 * empty, both as in Go.
 */
final class Replacement {

    /** A piece of text, or a group if its number is not negative. */
    private record Part(String text, int group) {}

    private static final int TEXT = -1;
    private static final int NO_GROUP = -2;

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Integer> names;

    Replacement(String template, TextPattern pattern) {
        this.names = pattern.pattern().namedGroups();
        int groups = pattern.pattern().groupCount();
        int at = 0;
        StringBuilder text = new StringBuilder();
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$') {
                text.append(c);
                at++;
                continue;
            }
            if (at + 1 < template.length() && template.charAt(at + 1) == '$') {
                text.append('$');
                at += 2;
                continue;
            }
            int end = endOfName(template, at);
            if (end < 0) {
                text.append(c);
                at++;
                continue;
            }
            boolean braces = template.charAt(at + 1) == '{';
            String name = braces ? template.substring(at + 2, end - 1) : template.substring(at + 1, end);
            parts.add(new Part(text.toString(), TEXT));
            text.setLength(0);
            parts.add(new Part("", group(name, groups)));
            at = end;
        }
        parts.add(new Part(text.toString(), TEXT));
    }

    private static int endOfName(String template, int dollar) {
        boolean braces = template.startsWith("{", dollar + 1);
        int from = dollar + (braces ? 2 : 1);
        int end = from;
        while (end < template.length() && isWord(template.charAt(end))) {
            end++;
        }
        if (end == from || (braces && !template.startsWith("}", end))) {
            return -1;
        }
        return braces ? end + 1 : end;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private int group(String name, int groups) {
        boolean number = name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number) {
            int group = Integer.parseInt(name);
            return group <= groups ? group : NO_GROUP;
        }
        return names.getOrDefault(name, NO_GROUP);
    }

    /** The text with all matches replaced, by Go's rules for empty matches. */
    String replaceAll(String text, TextPattern pattern) {
        Matcher matcher = pattern.pattern().matcher(text);
        StringBuilder out = new StringBuilder();
        int behindLast = 0;
        while (matcher.find()) {
            out.append(text, behindLast, matcher.start());
            // An empty match right behind another match is none.
            if (matcher.end() > behindLast || matcher.start() == 0) {
                expand(matcher, out);
            }
            behindLast = matcher.end();
        }
        return out.append(text, behindLast, text.length()).toString();
    }

    private void expand(Matcher matcher, StringBuilder out) {
        for (Part part : parts) {
            if (part.group() == TEXT) {
                out.append(part.text());
            } else if (part.group() >= 0) {
                String captured = matcher.group(part.group());
                out.append(captured == null ? "" : captured);
            }
        }
    }
}
