package io.lightvessel.render.pipeline;

import static io.lightvessel.render.pipeline.RelabelRule.copy;
import static io.lightvessel.render.pipeline.RelabelRule.drop;
import static io.lightvessel.render.pipeline.RelabelRule.keep;
import static io.lightvessel.render.pipeline.RelabelRule.keepEqual;

import io.lightvessel.stack.ProfilePulling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The jobs that pull profiles: fixed addresses, and pods that ask for it in Pyroscope's annotations. */
final class ProfileJobs {
    /** Pyroscope's names for types in annotations, and those of the profiles. */
    private static final Map<String, String> ANNOTATED = new TreeMap<>(Map.of(
            "cpu", "process_cpu", "memory", "memory", "goroutine", "goroutine", "block", "block", "mutex", "mutex"));

    private ProfileJobs() {}

    static List<FetchJob> of(ProfilePulling profiles) {
        List<FetchJob> jobs = new ArrayList<>();
        profiles.jobs().forEach(job -> jobs.add(PlanReader.fixed(job)));
        if (profiles.annotations()) {
            ANNOTATED.forEach((type, profile) -> jobs.add(annotated(type, profile)));
        }
        return jobs;
    }

    /** A job for one type of profile, as each has annotations of its own; pods declare the port they name there. */
    private static FetchJob annotated(String type, String profile) {
        String annotation = "__meta_kubernetes_pod_annotation_profiles_grafana_com_" + type + "_";
        return new FetchJob(
                "pods/" + type,
                false,
                null,
                new FetchJob.Discovery.Kubernetes("pod"),
                List.of(
                        keep(annotation + "scrape", "true"),
                        drop("__meta_kubernetes_pod_phase", "Pending|Succeeded|Failed"),
                        keepEqual(annotation + "port", "__meta_kubernetes_pod_container_port_number"),
                        copy("__meta_kubernetes_namespace", "namespace"),
                        copy("__meta_kubernetes_pod_name", "pod"),
                        copy("__meta_kubernetes_pod_container_name", "container")),
                List.of(new FetchJob.Trait.OnlyProfile(profile)));
    }
}
