package io.lightvessel.stack;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tailing of pod log files: of which pods, how lines become records, and how much of it. */
public record PodLogs(
        @Doc("Whether pod logs are tailed.") boolean enabled,

        @Doc("Directory of pod logs on the node; LIGHTVESSEL_POD_LOGS in an agent's environment overrides it.")
        @NotNull(message = "expected: a directory")
        @Pattern(
                regexp = "/[^\\s{}$*]*[^\\s{}$*/]",
                message = "expected: an absolute path without wildcards or a trailing slash")
        String path,

        @Doc("Namespaces whose pods are tailed; all when empty.")
        @NotNull(message = Expected.LIST)
        @Size(max = 64, message = "expected: at most 64 namespaces")
        List<
                        @NotNull(message = Expected.DNS_LABEL_EXPECTED)
                        @Pattern(regexp = Expected.DNS_LABEL, message = Expected.DNS_LABEL_EXPECTED) String>
                includeNamespaces,

        @Doc("Namespaces whose pods are not tailed.")
        @NotNull(message = Expected.LIST)
        @Size(max = 64, message = "expected: at most 64 namespaces")
        List<
                        @NotNull(message = Expected.DNS_LABEL_EXPECTED)
                        @Pattern(regexp = Expected.DNS_LABEL, message = Expected.DNS_LABEL_EXPECTED) String>
                excludeNamespaces,

        @Doc("Labels a pod must have to be tailed.")
        @NotNull(message = Expected.OBJECT)
        @Size(max = 16, message = MOST_LABELS)
        Map<
                        @Pattern(regexp = LABEL, message = LABEL_EXPECTED) String,
                        @NotNull(message = Expected.TEXT) @Pattern(regexp = VALUE, message = VALUE_EXPECTED) String>
                includeLabels,

        @Doc("Labels of which one keeps a pod from being tailed.")
        @NotNull(message = Expected.OBJECT)
        @Size(max = 16, message = MOST_LABELS)
        Map<
                        @Pattern(regexp = LABEL, message = LABEL_EXPECTED) String,
                        @NotNull(message = Expected.TEXT) @Pattern(regexp = VALUE, message = VALUE_EXPECTED) String>
                excludeLabels,

        @Doc("Which lines belong together.") @NotNull(message = "expected: a preset")
        Multiline multiline,

        @Doc("Regular expression of a record's first line, for CUSTOM.")
        @Size(min = 1, max = 500, message = Expected.REGEX_EXPECTED)
        @Nullable
        String multilineStart,

        @Doc("How a line's text is read.") @NotNull(message = "expected: NONE, AUTO, JSON or LOGFMT")
        Parsing parsing,

        @Doc("Lines per second of one pod; 0 for no limit.")
        @Min(value = 0, message = "expected: 0..1000000")
        @Max(value = 1_000_000, message = "expected: 0..1000000")
        int linesPerSecondPerPod) {

    private static final String MOST_LABELS = "expected: at most 16 labels";
    private static final String LABEL = "([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String LABEL_EXPECTED = "expected: a Kubernetes label";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";
    private static final String VALUE_EXPECTED = "expected: the value of a Kubernetes label";

    public PodLogs {
        includeNamespaces = Expected.list(includeNamespaces);
        excludeNamespaces = Expected.list(excludeNamespaces);
        includeLabels = Expected.sorted(includeLabels);
        excludeLabels = Expected.sorted(excludeLabels);
    }

    /** All pods, line by line. */
    public PodLogs(boolean enabled, String path) {
        this(enabled, path, List.of(), List.of(), Map.of(), Map.of(), Multiline.NONE, null, Parsing.NONE, 0);
    }

    public PodLogs withEnabled(boolean changed) {
        return new PodLogs(
                changed,
                path,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withPath(String changed) {
        return new PodLogs(
                enabled,
                changed,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withIncludeNamespaces(List<String> changed) {
        return new PodLogs(
                enabled,
                path,
                changed,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withExcludeNamespaces(List<String> changed) {
        return new PodLogs(
                enabled,
                path,
                includeNamespaces,
                changed,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withMultiline(Multiline changed) {
        return new PodLogs(
                enabled,
                path,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                changed,
                multilineStart,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withMultilineStart(@Nullable String changed) {
        return new PodLogs(
                enabled,
                path,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                changed,
                parsing,
                linesPerSecondPerPod);
    }

    public PodLogs withParsing(Parsing changed) {
        return new PodLogs(
                enabled,
                path,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                changed,
                linesPerSecondPerPod);
    }

    public PodLogs withLinesPerSecondPerPod(int changed) {
        return new PodLogs(
                enabled,
                path,
                includeNamespaces,
                excludeNamespaces,
                includeLabels,
                excludeLabels,
                multiline,
                multilineStart,
                parsing,
                changed);
    }

    /** Whether only some pods are tailed. */
    public boolean selects() {
        return !includeNamespaces.isEmpty()
                || !excludeNamespaces.isEmpty()
                || !includeLabels.isEmpty()
                || !excludeLabels.isEmpty();
    }

    /** How lines that belong together are known. */
    public enum Multiline {
        NONE,
        JAVA,
        PYTHON,
        GO,
        DOTNET,
        NODEJS,
        RUBY,
        TIMESTAMP,
        CUSTOM
    }

    /** How a line's text becomes attributes and a severity. */
    public enum Parsing {
        NONE,
        AUTO,
        JSON,
        LOGFMT
    }
}
