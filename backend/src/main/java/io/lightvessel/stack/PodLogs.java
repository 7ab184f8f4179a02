package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

        @Doc("Annotations a pod must have to be tailed.")
        @NotNull(message = Expected.OBJECT)
        @Size(max = 16, message = MOST_ANNOTATIONS)
        Map<
                        @Pattern(regexp = LABEL, message = ANNOTATION_EXPECTED) String,
                        @NotNull(message = Expected.TEXT) @Pattern(regexp = TEXT, message = TEXT_EXPECTED) String>
                includeAnnotations,

        @Doc("Annotations of which one keeps a pod from being tailed.")
        @NotNull(message = Expected.OBJECT)
        @Size(max = 16, message = MOST_ANNOTATIONS)
        Map<
                        @Pattern(regexp = LABEL, message = ANNOTATION_EXPECTED) String,
                        @NotNull(message = Expected.TEXT) @Pattern(regexp = TEXT, message = TEXT_EXPECTED) String>
                excludeAnnotations,

        @Doc("Labels and annotations that go with a pod's lines.") @NotNull(message = Expected.OBJECT) @Valid
        PodMetadata metadata,

        @Doc("Which lines belong together.") @NotNull(message = "expected: a preset")
        Multiline multiline,

        @Doc("Regular expression of a record's first line, for CUSTOM.")
        @Size(min = 1, max = 500, message = Expected.REGEX_EXPECTED)
        @Nullable
        String multilineStart,

        @Doc("What is replaced in lines, in this order, before they are read.")
        @NotNull(message = Expected.LIST)
        @Size(max = 32, message = "expected: at most 32 replacements")
        List<@NotNull(message = Expected.OBJECT) @Valid LineRedaction> redaction,

        @Doc("How a line's text is read.") @NotNull(message = "expected: NONE, AUTO, JSON or LOGFMT")
        Parsing parsing,

        @Doc("Lines per second of one pod; 0 for no limit.")
        @Min(value = 0, message = "expected: 0..1000000")
        @Max(value = 1_000_000, message = "expected: 0..1000000")
        int linesPerSecondPerPod,

        @Doc("Lines of one pod in one go; those of a second when 0.")
        @Min(value = 0, message = "expected: 0..10000000")
        @Max(value = 10_000_000, message = "expected: 0..10000000")
        int burstLinesPerPod) {

    private static final String MOST_LABELS = "expected: at most 16 labels";
    private static final String LABEL = "([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String LABEL_EXPECTED = "expected: a Kubernetes label";
    private static final String MOST_ANNOTATIONS = "expected: at most 16 annotations";
    private static final String ANNOTATION_EXPECTED = "expected: the name of a Kubernetes annotation";
    private static final String TEXT = "[^\\r\\n$]{0,512}";
    private static final String TEXT_EXPECTED = "expected: at most 512 characters on one line, without a dollar sign";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";
    private static final String VALUE_EXPECTED = "expected: the value of a Kubernetes label";

    public PodLogs {
        includeNamespaces = Expected.list(includeNamespaces);
        excludeNamespaces = Expected.list(excludeNamespaces);
        includeLabels = Expected.sorted(includeLabels);
        excludeLabels = Expected.sorted(excludeLabels);
        includeAnnotations = Expected.sorted(includeAnnotations);
        excludeAnnotations = Expected.sorted(excludeAnnotations);
        redaction = Expected.list(redaction);
    }

    /** All pods, line by line. */
    public PodLogs(boolean enabled, String path) {
        this(
                enabled,
                path,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                PodMetadata.none(),
                Multiline.NONE,
                null,
                List.of(),
                Parsing.NONE,
                0,
                0);
    }

    public PodLogs withEnabled(boolean changed) {
        return with(edit -> edit.enabled = changed);
    }

    public PodLogs withPath(String changed) {
        return with(edit -> edit.path = changed);
    }

    public PodLogs withIncludeNamespaces(List<String> changed) {
        return with(edit -> edit.includeNamespaces = changed);
    }

    public PodLogs withExcludeNamespaces(List<String> changed) {
        return with(edit -> edit.excludeNamespaces = changed);
    }

    public PodLogs withLabels(Map<String, String> include, Map<String, String> exclude) {
        return with(edit -> {
            edit.includeLabels = include;
            edit.excludeLabels = exclude;
        });
    }

    public PodLogs withAnnotations(Map<String, String> include, Map<String, String> exclude) {
        return with(edit -> {
            edit.includeAnnotations = include;
            edit.excludeAnnotations = exclude;
        });
    }

    public PodLogs withMetadata(PodMetadata changed) {
        return with(edit -> edit.metadata = changed);
    }

    public PodLogs withMultiline(Multiline changed) {
        return with(edit -> edit.multiline = changed);
    }

    public PodLogs withMultilineStart(@Nullable String changed) {
        return with(edit -> edit.multilineStart = changed);
    }

    public PodLogs withRedaction(List<LineRedaction> changed) {
        return with(edit -> edit.redaction = changed);
    }

    public PodLogs withParsing(Parsing changed) {
        return with(edit -> edit.parsing = changed);
    }

    public PodLogs withLinesPerSecondPerPod(int changed) {
        return with(edit -> edit.linesPerSecondPerPod = changed);
    }

    public PodLogs withBurstLinesPerPod(int changed) {
        return with(edit -> edit.burstLinesPerPod = changed);
    }

    private PodLogs with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /** How many lines of a pod may come in one go, where there is a limit: at least those of a second. */
    public int burst() {
        return Math.max(linesPerSecondPerPod, burstLinesPerPod);
    }

    /** Whether the API server has to be asked which pods are tailed. */
    public boolean choosesByMetadata() {
        return !includeLabels.isEmpty()
                || !excludeLabels.isEmpty()
                || !includeAnnotations.isEmpty()
                || !excludeAnnotations.isEmpty();
    }

    /** A copy in the making. */
    private static final class Edit {
        private boolean enabled;
        private String path;
        private List<String> includeNamespaces;
        private List<String> excludeNamespaces;
        private Map<String, String> includeLabels;
        private Map<String, String> excludeLabels;
        private Map<String, String> includeAnnotations;
        private Map<String, String> excludeAnnotations;
        private PodMetadata metadata;
        private Multiline multiline;
        private @Nullable String multilineStart;
        private List<LineRedaction> redaction;
        private Parsing parsing;
        private int linesPerSecondPerPod;
        private int burstLinesPerPod;

        private Edit(PodLogs from) {
            enabled = from.enabled;
            path = from.path;
            includeNamespaces = from.includeNamespaces;
            excludeNamespaces = from.excludeNamespaces;
            includeLabels = from.includeLabels;
            excludeLabels = from.excludeLabels;
            includeAnnotations = from.includeAnnotations;
            excludeAnnotations = from.excludeAnnotations;
            metadata = from.metadata;
            multiline = from.multiline;
            multilineStart = from.multilineStart;
            redaction = from.redaction;
            parsing = from.parsing;
            linesPerSecondPerPod = from.linesPerSecondPerPod;
            burstLinesPerPod = from.burstLinesPerPod;
        }

        private PodLogs done() {
            return new PodLogs(
                    enabled,
                    path,
                    includeNamespaces,
                    excludeNamespaces,
                    includeLabels,
                    excludeLabels,
                    includeAnnotations,
                    excludeAnnotations,
                    metadata,
                    multiline,
                    multilineStart,
                    redaction,
                    parsing,
                    linesPerSecondPerPod,
                    burstLinesPerPod);
        }
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
