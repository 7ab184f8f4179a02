package io.lightvessel.agent.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes a log record as one line: time, level, component, text, and the causes without their stack traces. */
final class LineFormatter extends Formatter {
    private static final String ROOT_PACKAGE = "io.lightvessel.";

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160);
        line.append(time(record.getInstant()))
                .append(' ')
                .append(level(record.getLevel()))
                .append(' ')
                .append(component(record.getLoggerName()))
                .append(": ")
                .append(oneLine(formatMessage(record)));
        Throwable cause = record.getThrown();
        for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            line.append(depth == 0 ? " (" : " <- ").append(oneLine(cause.toString()));
        }
        if (record.getThrown() != null) {
            line.append(')');
            appendOrigin(line, record.getThrown());
        }
        return line.append('\n').toString();
    }

    private static String time(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
        // Instant leaves out zero milliseconds; columns should not jump for it.
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    /** The package below the root, which names the component; foreign loggers keep their name. */
    private static String component(@Nullable String logger) {
        if (logger == null || !logger.startsWith(ROOT_PACKAGE)) {
            return logger == null ? "root" : logger;
        }
        int end = logger.lastIndexOf('.');
        return end < ROOT_PACKAGE.length() ? "agent" : logger.substring(ROOT_PACKAGE.length(), end);
    }

    private static String oneLine(String text) {
        return text.replace("\r", "").replace("\n", " | ");
    }

    // A programming error without the place it came from cannot be mended; one frame of our own says enough.
    private static void appendOrigin(StringBuilder line, Throwable thrown) {
        if (!(thrown instanceof RuntimeException) && !(thrown instanceof Error)) {
            return;
        }
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(ROOT_PACKAGE)) {
                line.append(" at ").append(frame);
                return;
            }
        }
    }
}
