package io.lightvessel.stack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What processing and sampling must fulfil beyond their form. */
final class ProcessorRules {
    private static final Pattern GROUP = Pattern.compile("\\$([0-9])");

    private ProcessorRules() {}

    static void check(StackSpec spec, Findings found) {
        Processors processors = spec.gateway().processors();
        Processors.MemoryLimiter limiter = processors.memoryLimiter();
        if (limiter.spikeLimitPercentage() >= limiter.limitPercentage()) {
            found.error(
                    "/gateway/processors/memoryLimiter/spikeLimitPercentage",
                    "%d (expected: < limitPercentage %d)"
                            .formatted(limiter.spikeLimitPercentage(), limiter.limitPercentage()));
        }
        for (int i = 0; i < processors.attributes().size(); i++) {
            attribute(processors.attributes().get(i), "/gateway/processors/attributes/" + i, found);
        }
        Processors.Redaction redaction = processors.redaction();
        expressions(redaction.blockedKeyPatterns(), "/gateway/processors/redaction/blockedKeyPatterns", found);
        expressions(redaction.blockedValues(), "/gateway/processors/redaction/blockedValues", found);
        tail(spec.sampling().tail(), found);
        podLogs(spec.collector().podLogs(), found);
    }

    private static void attribute(Processors.AttributeAction action, String pointer, Findings found) {
        boolean value = action.value() != null;
        boolean from = action.fromAttribute() != null;
        if (action.setsValue() && value == from) {
            found.error(
                    pointer,
                    "%s of %s with %s (expected: either a value or fromAttribute)"
                            .formatted(action.action(), action.key(), value ? "both" : "neither"));
        }
        if (!action.setsValue() && (value || from)) {
            found.error(pointer, "%s of %s with a value (expected: none)".formatted(action.action(), action.key()));
        }
    }

    private static void tail(Sampling.Tail tail, Findings found) {
        if (tail.enabled() && tail.policies().isEmpty()) {
            found.error("/sampling/tail/policies", "none (expected: at least one, or no trace is kept)");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tail.policies().size(); i++) {
            String name = tail.policies().get(i).name();
            if (!names.add(name)) {
                found.error(
                        "/sampling/tail/policies/%d/name".formatted(i),
                        "%s (expected: a name that no other policy has)".formatted(name));
            }
        }
    }

    private static void podLogs(PodLogs logs, Findings found) {
        boolean custom = logs.multiline() == PodLogs.Multiline.CUSTOM;
        if (custom == (logs.multilineStart() == null)) {
            found.error(
                    "/collector/podLogs/multilineStart",
                    custom
                            ? "nothing (expected: the expression of a first line, for CUSTOM)"
                            : "set (expected: nothing but for CUSTOM)");
        }
        re2(logs.multilineStart(), "/collector/podLogs/multilineStart", found);
        for (int i = 0; i < logs.redaction().size(); i++) {
            redaction(logs.redaction().get(i), "/collector/podLogs/redaction/" + i, found);
        }
    }

    private static void redaction(LineRedaction redaction, String pointer, Findings found) {
        if ((redaction.preset() == null) == (redaction.pattern() == null)) {
            found.error(
                    pointer,
                    "%s (expected: one of preset, pattern)"
                            .formatted(
                                    redaction.preset() == null ? "neither preset nor pattern" : "preset and pattern"));
            return;
        }
        com.google.re2j.Pattern pattern = re2(redaction.pattern(), pointer + "/pattern", found);
        int groups = pattern == null ? 0 : pattern.groupCount();
        Matcher group = GROUP.matcher(redaction.mask());
        while (group.find()) {
            if (Integer.parseInt(group.group(1)) > groups) {
                found.error(
                        pointer + "/replacement",
                        "%s (expected: a group of the pattern, which has %d)".formatted(group.group(), groups));
            }
        }
    }

    /** What is asked of lines is asked in programs written in Go and in agents, which know RE2. */
    private static com.google.re2j.@Nullable Pattern re2(@Nullable String expression, String pointer, Findings found) {
        if (expression == null) {
            return null;
        }
        try {
            return com.google.re2j.Pattern.compile(expression);
        } catch (com.google.re2j.PatternSyntaxException e) {
            found.error(
                    pointer,
                    "%s (expected: a regular expression in RE2's syntax; %s)"
                            .formatted(expression, e.getDescription()));
            return null;
        }
    }

    private static void expressions(List<String> expressions, String pointer, Findings found) {
        for (int i = 0; i < expressions.size(); i++) {
            expression(expressions.get(i), pointer + "/" + i, found);
        }
    }

    private static void expression(@Nullable String expression, String pointer, Findings found) {
        if (expression == null) {
            return;
        }
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            found.error(pointer, "%s (expected: a regular expression; %s)".formatted(expression, e.getDescription()));
        }
    }
}
