package io.lightvessel.render.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Targets that are asked alike.
 *
 * @param urlPath for metrics the path, for profiles what comes before it; null for the default
 * @param traits what else is special about them
 */
public record FetchJob(
        String name,
        boolean tls,
        @Nullable String urlPath,
        Discovery discovery,
        List<RelabelRule> rules,
        List<Trait> traits) {

    /** Where Kubernetes puts what a pod shows to the API server and to kubelets. */
    public static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

    public FetchJob {
        rules = List.copyOf(rules);
        traits = List.copyOf(traits);
    }

    /** How targets are found. */
    public sealed interface Discovery {
        /** Addresses as host:port. */
        record Fixed(List<String> addresses) implements Discovery {
            public Fixed {
                addresses = List.copyOf(addresses);
            }
        }

        /** Objects of the Kubernetes API, in Prometheus' roles. */
        record Kubernetes(String role) implements Discovery {}
    }

    /** What is special about a job. */
    public sealed interface Trait {
        /** Labels that a target sets win over those of its discovery. */
        record HonorLabels() implements Trait {}

        /** Times that a target says are passed over. */
        record IgnoreTimestamps() implements Trait {}

        /** The pod's own token is shown, and the target's certificate must be one of the cluster's. */
        record ServiceAccountToken() implements Trait {}

        /** Only this type of profile is pulled. */
        record OnlyProfile(String type) implements Trait {}
    }
}
