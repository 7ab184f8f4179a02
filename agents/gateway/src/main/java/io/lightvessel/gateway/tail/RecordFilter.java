package io.lightvessel.gateway.tail;

import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses records by terms that all have to hold: a word or {@code "quoted text"} that occurs anywhere, {@code
 * key=value} (with {@code *} at the end for any continuation), {@code attributes.key=value}, {@code
 * resource.key=value}, and {@code severity>=warn}. A minus in front turns a term round.
 */
public final class RecordFilter implements Predicate<TelemetryRecord> {
    private static final int LONGEST = 500;
    private static final int MOST_TERMS = 20;
    private static final List<String> SEVERITIES = List.of("trace", "debug", "info", "warn", "error", "fatal");
    private static final Pattern TERM =
            Pattern.compile("\\s*(-?)(?:([\\p{L}\\p{N}_.:/@-]+?)(>=|=))?(\"[^\"]*\"|[^\\s\"]+)");

    private final List<Predicate<TelemetryRecord>> terms;

    private RecordFilter(List<Predicate<TelemetryRecord>> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Throws {@link IllegalArgumentException} that names the term. */
    public static RecordFilter parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "filter: " + text.length() + " characters (expected: at most " + LONGEST + ")");
        }
        List<Predicate<TelemetryRecord>> terms = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            Matcher matcher = TERM.matcher(rest);
            if (!matcher.lookingAt()) {
                throw new IllegalArgumentException(
                        "filter: " + rest + " (expected: words, \"quoted text\", key=value or " + "severity>=warn)");
            }
            if (terms.size() == MOST_TERMS) {
                throw new IllegalArgumentException("filter: more than " + MOST_TERMS + " terms (expected: fewer)");
            }
            Predicate<TelemetryRecord> term = term(matcher.group(2), matcher.group(3), unquoted(matcher.group(4)));
            terms.add(matcher.group(1).isEmpty() ? term : term.negate());
            rest = rest.substring(matcher.end()).strip();
        }
        return new RecordFilter(terms);
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static Predicate<TelemetryRecord> term(@Nullable String key, @Nullable String operator, String value) {
        if (key == null || operator == null) {
            String needle = value.toLowerCase(Locale.ROOT);
            return record ->
                    texts(record).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(needle));
        }
        if (operator.equals(">=")) {
            if (!key.equals("severity")) {
                throw new IllegalArgumentException(
                        "filter: " + key + ">=" + value + " (expected: severity>=" + value + " or " + key + "=…)");
            }
            int least = severity(value);
            return record -> record.severityNumber() >= least;
        }
        return record -> values(record, key).anyMatch(found -> matches(found, value));
    }

    private static int severity(String value) {
        int word = SEVERITIES.indexOf(value.toLowerCase(Locale.ROOT));
        if (word >= 0) {
            return word * 4 + 1;
        }
        if (value.matches("[1-9]|1\\d|2[0-4]")) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException("filter: severity>=" + value + " (expected: one of "
                + String.join(", ", SEVERITIES) + ", or a number 1..24)");
    }

    private static boolean matches(String found, String wanted) {
        return wanted.endsWith("*") ? found.startsWith(wanted.substring(0, wanted.length() - 1)) : found.equals(wanted);
    }

    private static Stream<String> values(TelemetryRecord record, String key) {
        if (key.startsWith("attributes.")) {
            return named(record.attributes(), key.substring("attributes.".length()));
        }
        if (key.startsWith("resource.")) {
            return named(record.resource(), key.substring("resource.".length()));
        }
        return switch (key) {
            case "severity" -> Stream.of(record.severityText());
            case "name" -> Stream.of(record.title());
            default ->
                Stream.of(record.attributes(), record.resource(), record.fields())
                        .flatMap(list -> named(list, key));
        };
    }

    private static Stream<String> named(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value);
    }

    private static Stream<String> texts(TelemetryRecord record) {
        return Stream.concat(
                Stream.of(record.title(), record.severityText(), record.scope()),
                Stream.of(record.attributes(), record.resource(), record.fields())
                        .flatMap(List::stream)
                        .flatMap(field -> Stream.of(field.name(), field.value())));
    }

    @Override
    public boolean test(TelemetryRecord record) {
        return terms.stream().allMatch(term -> term.test(record));
    }
}
