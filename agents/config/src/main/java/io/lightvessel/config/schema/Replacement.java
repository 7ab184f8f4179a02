package io.lightvessel.config.schema;

import com.google.re2j.Pattern;
import io.lightvessel.config.RuleReport;
import java.util.regex.Matcher;

/** What a match is replaced by may only speak of groups that there are: the first line would show it otherwise. */
final class Replacement {
    private static final java.util.regex.Pattern GROUP =
            java.util.regex.Pattern.compile("\\\\.|\\$(?:(?<number>\\d)|\\{(?<name>[^}]*)(?<close>}?))");

    private Replacement() {}

    static void check(Pattern pattern, String replacement, String at, RuleReport report) {
        Matcher group = GROUP.matcher(replacement);
        while (group.find()) {
            String number = group.group("number");
            String name = group.group("name");
            boolean known = number != null
                    ? Integer.parseInt(number) <= pattern.groupCount()
                    : name == null
                            || (!group.group("close").isEmpty()
                                    && pattern.namedGroups().containsKey(name));
            if (!known) {
                report.error(
                        at,
                        group.group() + " (expected: a group of the regular expression, which has "
                                + pattern.groupCount() + ")");
            }
        }
    }
}
