package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/** Replaces what a regular expression finds: secrets, colours, personal data. */
final class RegexReplacer implements Operator {
    private static final Map<String, String> KNOWN = Map.of(
            "ansi_control_sequences", "\\x1b\\[[0-9;?]*[ -/]*[@-~]",
            "email", "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+",
            "ipv4", "\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b",
            "credit_card", "\\b(?:\\d[ -]?){12,18}\\d\\b",
            "bearer_token", "(?i)\\b(?:bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}",
            "password", "(?i)\\b(?:password|passwd|pwd|secret|token|api[_-]?key)\"?\\s*[=:]\\s*\"?[^\\s\",;&]+");

    private final Field field;
    private final Pattern pattern;
    private final String replacement;

    RegexReplacer(Field field, String pattern, String replacement) {
        this.field = field;
        this.pattern = Pattern.compile(pattern);
        this.replacement = replacement;
    }

    static String known(String name) {
        return KNOWN.getOrDefault(name, "$.");
    }

    @Override
    public boolean apply(Entry entry) {
        if (!field.find(entry)) {
            return true;
        }
        Matcher matcher = pattern.matcher(field.text());
        if (matcher.find()) {
            byte[] changed = matcher.replaceAll(replacement).getBytes(UTF_8);
            field.put(entry, changed, 0, changed.length);
        }
        return true;
    }
}
