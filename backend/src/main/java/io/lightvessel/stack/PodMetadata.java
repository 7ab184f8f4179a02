package io.lightvessel.stack;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What goes with a pod's lines beyond what their path says. */
public record PodMetadata(
        @Doc("Labels that become attributes k8s.pod.label.NAME; * for all.")
        @NotNull(message = Expected.LIST)
        @Size(max = 64, message = MOST)
        List<@NotNull(message = NAME_EXPECTED) @Pattern(regexp = NAME, message = NAME_EXPECTED) String> labels,

        @Doc("Annotations that become attributes k8s.pod.annotation.NAME; * for all.")
        @NotNull(message = Expected.LIST)
        @Size(max = 64, message = MOST)
        List<@NotNull(message = NAME_EXPECTED) @Pattern(regexp = NAME, message = NAME_EXPECTED) String> annotations) {

    /** Stands for every name. */
    public static final String ALL = "*";

    private static final String MOST = "expected: at most 64 names";
    private static final String NAME = "[*]|([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String NAME_EXPECTED = "expected: the name of a Kubernetes label or annotation, or *";

    public PodMetadata {
        labels = Expected.list(labels);
        annotations = Expected.list(annotations);
    }

    static PodMetadata none() {
        return new PodMetadata(List.of(), List.of());
    }

    public boolean addsNothing() {
        return labels.isEmpty() && annotations.isEmpty();
    }
}
