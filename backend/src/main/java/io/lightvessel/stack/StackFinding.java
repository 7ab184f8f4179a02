package io.lightvessel.stack;

/** Something to know about a stack before saving it; errors keep it from being saved. The path is in the notation of its source. */
public record StackFinding(Severity severity, Source source, String path, String message) {

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
