package io.lightvessel.config.operators;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What operators find in lines by its name, for everybody who has to write it as a regular expression of RE2. */
public enum KnownText {
    ANSI_CONTROL_SEQUENCES("", "\\x1b\\[[0-9;?]*[ -/]*[@-~]"),
    EMAIL("", "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"),
    IPV4("", "\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b"),
    CREDIT_CARD("", "\\b(?:\\d[ -]?){12,18}\\d\\b"),
    BEARER_TOKEN("(?i)\\b(?:bearer|basic)\\s+", "[A-Za-z0-9._~+/=-]{8,}"),
    PASSWORD("(?i)\\b(?:password|passwd|pwd|secret|token|api[_-]?key)\"?\\s*[=:]\\s*\"?", "[^\\s\",;&]+");

    private static final String MASK = "***";

    private final String before;
    private final String text;

    KnownText(String before, String text) {
        this.before = before;
        this.text = text;
    }

    public static KnownText of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(KnownText::wireName).toList();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is found by; what names a secret is the first group. */
    public String regex() {
        return before.isEmpty() ? text : "(" + before + ")" + text;
    }

    /** The same without a group. */
    public String regexAlone() {
        return before.isEmpty() ? text : "(?:" + before + ")" + text;
    }

    /** The same with one group, around what has to go. */
    public String regexOfSecret() {
        return before.isEmpty() ? "(" + text + ")" : "(?:" + before + ")(" + text + ")";
    }

    /** What to replace a match by: names of secrets stay, so that JSON and pairs stay what they are. */
    public String mask() {
        return before.isEmpty() ? MASK : "$1" + MASK;
    }
}
