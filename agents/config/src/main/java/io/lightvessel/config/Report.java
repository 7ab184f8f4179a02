package io.lightvessel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects findings while a config is read, since people want to see all of them at once. */
final class Report {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::line, Comparator.nullsLast(Comparator.naturalOrder()));

    private final List<Finding> findings = new ArrayList<>();

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
