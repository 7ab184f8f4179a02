package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.relabel.RelabelRule;
import java.util.List;

/** Gives targets the label {@code service_name}, without which Pyroscope takes nothing, where they have none. */
final class ServiceName {
    private static final String LABEL = "service_name";

    /** Each of them does something only while the label is empty. */
    static final List<RelabelRule> RULES = List.of(
            from("__meta_kubernetes_pod_annotation_pyroscope_io_service_name"),
            RelabelRule.replace(
                    LABEL,
                    "$1/$2",
                    ";([^;]+);(.+)",
                    LABEL,
                    "__meta_kubernetes_namespace",
                    "__meta_kubernetes_pod_container_name"),
            from("__meta_docker_container_name"),
            from("__meta_dockerswarm_container_label_service_name"),
            from("__meta_dockerswarm_service_name"),
            RelabelRule.replace(LABEL, "unspecified", "", LABEL));

    private ServiceName() {}

    private static RelabelRule from(String label) {
        return RelabelRule.replace(LABEL, "$1", ";(.+)", LABEL, label);
    }
}
