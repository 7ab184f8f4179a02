package io.lightvessel.gateway.discovery.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jobs for pods and services that ask to be scraped by annotations. */
final class AnnotationJobs {

    private static final String POD = "__meta_kubernetes_pod_";
    private static final String SERVICE = "__meta_kubernetes_service_";
    private static final String SLICE = "__meta_kubernetes_endpointslice_";

    private AnnotationJobs() {}

    static List<Map<String, Object>> of(KubernetesSection.Annotations annotations, ApiAccess access) {
        List<Map<String, Object>> jobs = new ArrayList<>();
        if (annotations.enabled() && annotations.pods()) {
            jobs.add(pods(annotations, access));
        }
        if (annotations.enabled() && annotations.services()) {
            jobs.add(services(annotations, access));
        }
        return jobs;
    }

    private static Map<String, Object> pods(KubernetesSection.Annotations annotations, ApiAccess access) {
        String prefix = POD + "annotation_" + MetaNames.sanitized(annotations.prefix()) + "_";
        String portPresent = POD + "annotationpresent_" + MetaNames.sanitized(annotations.prefix()) + "_port";
        JobTree job = new JobTree("kubernetes-pods", Role.POD, access)
                .in(annotations.namespaces())
                .selecting(Role.POD, annotations.selector())
                .keep("true", prefix + "scrape")
                .drop("(Failed|Succeeded)", POD + "phase")
                .drop("true", POD + "container_init");
        asked(job, prefix);
        return job.replace("__address__", "$2:$1", "(\\d+);([0-9.]+)", prefix + "port", POD + "ip")
                .replace("__address__", "[$2]:$1", "(\\d+);([0-9a-fA-F:]*:[0-9a-fA-F:.]*)", prefix + "port", POD + "ip")
                .copy("__meta_kubernetes_namespace", "namespace")
                .copy(POD + "name", "pod")
                // With a port of its own the pod is one target whatever containers it has.
                .replace("container", "$1", ";(.+)", portPresent, POD + "container_name")
                .copy(POD + "node_name", "node")
                .done();
    }

    private static Map<String, Object> services(KubernetesSection.Annotations annotations, ApiAccess access) {
        String prefix = SERVICE + "annotation_" + MetaNames.sanitized(annotations.prefix()) + "_";
        JobTree job = new JobTree("kubernetes-services", Role.ENDPOINTSLICE, access)
                .in(annotations.namespaces())
                .selecting(Role.SERVICE, annotations.selector())
                .keep("true", prefix + "scrape")
                // Ports of the pods that are none of the service's.
                .keep("\\d+", SLICE + "port")
                .drop("(Failed|Succeeded)", POD + "phase");
        asked(job, prefix);
        return job.replace("__address__", "$1:$2", "(.+?)(?::\\d+)?;(\\d+)", "__address__", prefix + "port")
                .copy("__meta_kubernetes_namespace", "namespace")
                .copy(SERVICE + "name", "service")
                .copy(POD + "name", "pod")
                .copy(SLICE + "endpoint_node_name", "node")
                .done();
    }

    private static void asked(JobTree job, String prefix) {
        job.replace("__scheme__", "$1", "(https?)", prefix + "scheme").copy(prefix + "path", "__metrics_path__");
    }
}
