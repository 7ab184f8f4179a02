package io.lightvessel.gateway.relabel;

import java.util.ArrayList;
import java.util.List;

/** A text with groups of a regular expression in it, put together as Go's {@code Regexp.Expand} does. */
final class Template {

    private static final int NO_GROUP = -1;
    private static final int MAX_DIGITS = 8;

    /** A group's number, or {@link #NO_GROUP} for a literal text. */
    private record Part(String literal, int group) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** {@code $name} takes as many letters, digits and underscores as there are; what the pattern does not have is empty. */
    static Template compile(String text, AnchoredPattern pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '$') {
                literal.append(c);
                continue;
            }
            if (at < text.length() && text.charAt(at) == '$') {
                literal.append('$');
                at++;
                continue;
            }
            boolean braced = at < text.length() && text.charAt(at) == '{';
            int from = braced ? at + 1 : at;
            int to = endOfName(text, from);
            if (to == from || braced && (to == text.length() || text.charAt(to) != '}')) {
                literal.append('$');
                continue;
            }
            int group = groupOf(text.substring(from, to), pattern);
            at = braced ? to + 1 : to;
            if (group != NO_GROUP) {
                if (!literal.isEmpty()) {
                    parts.add(new Part(literal.toString(), NO_GROUP));
                    literal.setLength(0);
                }
                parts.add(new Part("", group));
            }
        }
        if (!literal.isEmpty()) {
            parts.add(new Part(literal.toString(), NO_GROUP));
        }
        return new Template(parts);
    }

    private static int endOfName(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int groupOf(String name, AnchoredPattern pattern) {
        boolean number = name.length() <= MAX_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || name.length() > 1 && name.charAt(0) == '0') {
            return pattern.group(name);
        }
        int group = Integer.parseInt(name);
        return group <= pattern.groups() ? group : NO_GROUP;
    }

    /** The text that it is, when there are no groups in it. */
    boolean isConstant() {
        return parts.isEmpty() || parts.size() == 1 && parts.getFirst().group() == NO_GROUP;
    }

    /** @param found the groups' positions, as {@link AnchoredPattern#find} tells them */
    String expand(String value, int[] found) {
        if (parts.isEmpty()) {
            return "";
        }
        if (parts.size() == 1) {
            return expand(parts.getFirst(), value, found);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(expand(part, value, found));
        }
        return text.toString();
    }

    private static String expand(Part part, String value, int[] found) {
        if (part.group() == NO_GROUP) {
            return part.literal();
        }
        int from = found[part.group() * 2];
        return from < 0 ? "" : value.substring(from, found[part.group() * 2 + 1]);
    }
}
