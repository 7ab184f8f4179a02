package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of object that can be watched, and what is kept of one.
 *
 * @param group empty for the core API
 * @param namespaced whether its objects live in namespaces
 * @param operations how the client gets at them
 * @param empty makes an object without anything in it
 * @param facts what is kept; equal facts mean that nothing has changed that matters
 */
record ResourceKind<T extends HasMetadata, F>(
        String group,
        String plural,
        boolean namespaced,
        Function<KubernetesClient, MixedOperation<T, ?, Resource<T>>> operations,
        Supplier<T> empty,
        BiFunction<MetaNames, T, F> facts) {

    static final ResourceKind<Pod, PodFacts> PODS = of("", "pods", true, Pod.class, Pod::new, PodFacts::of);

    static final ResourceKind<Service, ServiceFacts> SERVICES =
            of("", "services", true, Service.class, Service::new, ServiceFacts::of);

    static final ResourceKind<Endpoints, EndpointsFacts> ENDPOINTS =
            of("", "endpoints", true, Endpoints.class, Endpoints::new, EndpointsReading::of);

    static final ResourceKind<EndpointSlice, EndpointsFacts> ENDPOINT_SLICES = of(
            "discovery.k8s.io",
            "endpointslices",
            true,
            EndpointSlice.class,
            EndpointSlice::new,
            EndpointSliceReading::of);

    static final ResourceKind<Node, NodeFacts> NODES = of("", "nodes", false, Node.class, Node::new, NodeFacts::of);

    static final ResourceKind<Ingress, IngressFacts> INGRESSES =
            of("networking.k8s.io", "ingresses", true, Ingress.class, Ingress::new, IngressFacts::of);

    static final ResourceKind<Namespace, NamespaceFacts> NAMESPACES =
            of("", "namespaces", false, Namespace.class, Namespace::new, NamespaceFacts::of);

    private static <T extends HasMetadata, F> ResourceKind<T, F> of(
            String group,
            String plural,
            boolean namespaced,
            Class<T> type,
            Supplier<T> empty,
            BiFunction<MetaNames, T, F> facts) {
        return new ResourceKind<>(group, plural, namespaced, client -> client.resources(type), empty, facts);
    }

    /** Such as {@code pods} or {@code endpointslices.discovery.k8s.io}. */
    String fullName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
