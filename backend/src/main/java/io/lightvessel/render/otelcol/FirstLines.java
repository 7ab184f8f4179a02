package io.lightvessel.render.otelcol;

import io.lightvessel.stack.PodLogs;
import org.jspecify.annotations.Nullable;

/** Conditions on a line that hold for the first one of a record: in most languages any that does not go on with one. */
final class FirstLines {
    private FirstLines() {}

    /** Null when each line is a record. */
    static @Nullable String of(PodLogs logs) {
        return switch (logs.multiline()) {
            case NONE -> null;
            case JAVA -> goesOn("^(\\\\s|Caused by:|Suppressed:|\\\\.\\\\.\\\\. \\\\d+ more)");
            case PYTHON -> goesOn("^(\\\\s|Traceback|[A-Za-z_.]+(Error|Exception)\\\\b)");
            case GO -> goesOn("^(\\\\s|goroutine \\\\d+|created by |exit status|[a-z]+\\\\.[^ ]+\\\\(|$)");
            case DOTNET -> goesOn("^(\\\\s|---)");
            case NODEJS -> goesOn("^(\\\\s|\\\\})");
            case RUBY -> goesOn("^(\\\\s|\\\\tfrom )");
            case TIMESTAMP -> "body matches \"^\\\\[?\\\\d{4}-\\\\d{2}-\\\\d{2}[T ]\"";
            case CUSTOM -> logs.multilineStart() == null ? null : "body matches " + quoted(logs.multilineStart());
        };
    }

    private static String goesOn(String pattern) {
        return "not (body matches \"" + pattern + "\")";
    }

    private static String quoted(String regex) {
        return "\"" + regex.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
