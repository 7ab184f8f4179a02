package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the severity of a record from a word or number, upper or lower case being the same. */
final class SeverityParser implements Operator {
    private static final List<String> BASES = List.of("trace", "debug", "info", "warn", "error", "fatal");
    private static final int STEP = 4;
    private static final int LONGEST = 32;
    private static final Map<String, List<String>> USUAL = Map.of(
            "trace", List.of("trace", "finest", "10"),
            "debug", List.of("debug", "dbg", "fine", "finer", "20"),
            "info", List.of("info", "information", "informational", "notice", "config", "30"),
            "warn", List.of("warn", "warning", "40"),
            "error", List.of("error", "err", "severe", "50"),
            "fatal", List.of("fatal", "critical", "crit", "panic", "emerg", "emergency", "alert", "60"));

    private final Field source;
    private final Map<String, Integer> numbers = new HashMap<>();
    private byte[] lastText = {};
    private int lastNumber;

    SeverityParser(Field source, Map<String, List<String>> mapping, boolean usual) {
        this.source = source;
        if (usual) {
            USUAL.forEach(this::know);
        }
        mapping.forEach(this::know);
    }

    private void know(String severity, List<String> texts) {
        for (String text : texts) {
            numbers.put(text.toLowerCase(Locale.ROOT), number(severity));
        }
    }

    /** As OTLP counts: four numbers for each name, {@code error3} being the third of error. */
    private static int number(String severity) {
        char last = severity.charAt(severity.length() - 1);
        boolean numbered = Character.isDigit(last);
        String base = numbered ? severity.substring(0, severity.length() - 1) : severity;
        return BASES.indexOf(base) * STEP + (numbered ? last - '0' : 1);
    }

    @Override
    public boolean apply(Entry entry) {
        byte[] text = text(entry);
        if (text.length == 0 || text.length > LONGEST) {
            return false;
        }
        if (!Arrays.equals(text, lastText)) {
            lastNumber = numbers.getOrDefault(new String(text, UTF_8).toLowerCase(Locale.ROOT), 0);
            lastText = text;
        }
        if (lastNumber == 0) {
            return false;
        }
        entry.severityNumber = lastNumber;
        entry.severityText = lastText;
        return true;
    }

    /** Loggers that write numbers write them as numbers. */
    private byte[] text(Entry entry) {
        if (source.find(entry)) {
            return Arrays.copyOfRange(source.source(), source.from(), source.from() + source.length());
        }
        int index = source.isBody() ? -1 : source.index(entry);
        long number = index < 0 ? -1 : entry.attributes.wholeNumber(index);
        return number < 0 ? new byte[0] : Long.toString(number).getBytes(UTF_8);
    }
}
