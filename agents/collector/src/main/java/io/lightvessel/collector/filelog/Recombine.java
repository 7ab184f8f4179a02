package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.config.Settings;
import java.time.Duration;

/**
 * What the operator of that name was told.
 *
 * @param longest bytes of a text; what is longer becomes several records
 */
record Recombine(EntryRule rule, byte[] between, int mostLines, int longest, Duration flushAfter, boolean newestTime) {
    private static final int MOST_LINES = 1000;
    private static final Duration FLUSH_AFTER = Duration.ofSeconds(5);

    static Recombine of(Settings settings, int longestLine) {
        long own = settings.has("max_log_size") ? settings.integer("max_log_size") : 0;
        return new Recombine(
                rule(settings),
                settings.optionalString("combine_with").orElse("\n").getBytes(UTF_8),
                settings.has("max_batch_size") ? Math.toIntExact(settings.integer("max_batch_size")) : MOST_LINES,
                own > 0 ? Math.toIntExact(own) : longestLine,
                settings.has("force_flush_period") ? settings.duration("force_flush_period") : FLUSH_AFTER,
                !settings.optionalString("overwrite_with").orElse("newest").equals("oldest"));
    }

    /** The same for the traces of a language, with usual settings. */
    static Recombine ofLanguage(String language, int longestLine) {
        return new Recombine(rule(language), new byte[] {'\n'}, MOST_LINES, longestLine, FLUSH_AFTER, false);
    }

    private static EntryRule rule(String language) {
        return switch (language) {
            case "java" -> TraceRule.JAVA;
            case "python" -> TraceRule.PYTHON;
            case "go" -> TraceRule.GO;
            default -> TraceRule.NODE;
        };
    }

    private static EntryRule rule(Settings settings) {
        if (settings.has("language")) {
            return rule(settings.string("language"));
        }
        boolean first = settings.has("is_first_entry");
        return ConditionRule.of(settings.string(first ? "is_first_entry" : "is_last_entry"), first);
    }
}
