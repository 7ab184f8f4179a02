package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something to know about a stack before saving it; errors keep it from being saved.
 *
 * @param path in the notation of its source
 * @param fix what to do about it, where the message does not say it already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackFinding(
        Severity severity,
        Source source,
        String path,
        String message,
        @Nullable String fix) {

    public StackFinding(Severity severity, Source source, String path, String message) {
        this(severity, source, path, message, null);
    }

    /** About a part of the stack itself. */
    public static StackFinding warning(String path, String message, @Nullable String fix) {
        return new StackFinding(Severity.WARNING, Source.STACK, path, message, fix);
    }

    /** Whether a finding stands in the way. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** Where the path leads: into the stack, or into a role's rendered config. */
    public enum Source {
        STACK,
        GATEWAY_CONFIG,
        COLLECTOR_CONFIG,
        EDGE_CONFIG
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
