package io.lightvessel.audit.web;

import io.lightvessel.audit.AuditEntry;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as RFC 4180 has them. A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
final class Csv {
    static final String HEAD =
            row("number", "at", "actor", "action", "target", "requestId", "before", "after", "previousHash", "hash");

    private Csv() {}

    static String row(AuditEntry entry) {
        return row(
                Long.toString(entry.number()),
                entry.at().toString(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.requestId(),
                entry.before(),
                entry.after(),
                entry.previousHash(),
                entry.hash());
    }

    private static String row(@Nullable String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
