package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/** The agent on every node, for what only the node knows. */
public record Collector(
        @Doc("What containers write to stdout and stderr.") @NotNull(message = Expected.OBJECT) @Valid
        PodLogs podLogs,

        @Doc("Profiles of every process.") @NotNull(message = Expected.OBJECT) @Valid
        NodeProfiles profiles,

        @Doc("Attributes set on everything the node's agent collects; values may contain ${env:NAME}.")
        @Size(max = 64, message = "expected: at most 64 attributes")
        Map<
                        @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED) String,
                        @NotNull(message = Expected.TEXT)
                        @Pattern(regexp = Expected.ATTRIBUTE_VALUE, message = Expected.ATTRIBUTE_VALUE_EXPECTED) String>
                resourceAttributes) {

    public Collector {
        resourceAttributes = Expected.sorted(resourceAttributes);
    }

    static Collector defaults() {
        return new Collector(new PodLogs(true, "/var/log/pods"), NodeProfiles.defaults(), Map.of());
    }

    public Collector withPodLogs(PodLogs changed) {
        return new Collector(changed, profiles, resourceAttributes);
    }

    public Collector withProfiles(NodeProfiles changed) {
        return new Collector(podLogs, changed, resourceAttributes);
    }

    public Collector withResourceAttributes(Map<String, String> changed) {
        return new Collector(podLogs, profiles, changed);
    }
}
