package io.lightvessel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects findings while a config is read, since people want to see all of them at once. */
final class Report {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::line, Comparator.nullsLast(Comparator.naturalOrder()));

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /** Where a path is in the text, for findings that are made when the text is no longer at hand. */
    void locate(String path, int line) {
        lines.put(path, line);
    }

    /** The line of a path, or of the nearest one around it that is known. */
    int lineOf(String path, int otherwise) {
        String at = path;
        while (true) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            int end = at.lastIndexOf("::");
            if (end < 0) {
                return otherwise;
            }
            at = at.substring(0, end);
        }
    }

    void error(String path, @Nullable Integer line, String message) {
        findings.add(new Finding(Finding.Severity.ERROR, path, message, line));
    }

    void warning(String path, @Nullable Integer line, String message) {
        findings.add(new Finding(Finding.Severity.WARNING, path, message, line));
    }

    boolean hasErrors() {
        return errorCount() > 0;
    }

    int errorCount() {
        return (int) findings.stream().filter(Finding::isError).count();
    }

    List<Finding> findings() {
        return findings.stream().sorted(ORDER).toList();
    }

    static String path(String parent, String key) {
        return parent.isEmpty() ? key : parent + "::" + key;
    }
}
