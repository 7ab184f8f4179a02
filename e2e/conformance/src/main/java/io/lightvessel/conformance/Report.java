package io.lightvessel.conformance;

import io.lightvessel.conformance.cases.Level;
import io.lightvessel.conformance.cases.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts outcomes into lines for people or JSON for programs. */
final class Report {

    private Report() {}

    static String line(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%-6s %-4s  %s: %s [%s] | sent: %s | expected: %s | %s: %s",
                outcome.asked().level(),
                word(outcome.result().verdict()),
                outcome.asked().id(),
                outcome.asked().words(),
                outcome.asked().section(),
                outcome.result().sent(),
                outcome.result().expected(),
                outcome.result().verdict() == Verdict.SKIP ? "skipped" : "came",
                outcome.result().came());
    }

    static List<String> totals(List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        for (Level level : Level.values()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-6s %d passed, %d failed, %d skipped",
                    level,
                    count(outcomes, level, Verdict.PASS),
                    count(outcomes, level, Verdict.FAIL),
                    count(outcomes, level, Verdict.SKIP)));
        }
        return lines;
    }

    static long count(List<Outcome> outcomes, Level level, Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.is(level, verdict)).count();
    }

    static String json(CommandLine command, List<Outcome> outcomes) {
        Map<String, Object> root = new LinkedHashMap<>();
        List<String> targets = new ArrayList<>();
        if (command.http() != null) {
            targets.add(command.http().toString());
        }
        if (command.grpc() != null) {
            targets.add(command.grpc().toString());
        }
        root.put("targets", targets);
        Map<String, Object> totals = new LinkedHashMap<>();
        for (Level level : Level.values()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Verdict verdict : Verdict.values()) {
                counts.put(word(verdict), count(outcomes, level, verdict));
            }
            totals.put(level.name(), counts);
        }
        root.put("totals", totals);
        root.put("cases", outcomes.stream().map(Report::entry).toList());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(root);
    }

    private static Map<String, String> entry(Outcome outcome) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("id", outcome.asked().id());
        entry.put("level", outcome.asked().level().name());
        entry.put("verdict", word(outcome.result().verdict()));
        entry.put("section", outcome.asked().section());
        entry.put("words", outcome.asked().words());
        entry.put("sent", outcome.result().sent());
        entry.put("expected", outcome.result().expected());
        entry.put("came", outcome.result().came());
        return entry;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
