package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the view that a config asks for. */
final class TargetViews {

    private final KubernetesApi api;
    private final KubernetesSdConfig config;
    private final Set<String> namespaces;

    private TargetViews(KubernetesApi api, KubernetesSdConfig config) {
        this.api = api;
        this.config = config;
        namespaces = new HashSet<>(config.namespaces());
        if (config.ownNamespace()) {
            String own = ApiClients.ownNamespace();
            // Outside a cluster there is no own namespace; the one every cluster has is what kubectl takes, too.
            namespaces.add(own.isEmpty() ? "default" : own);
        }
    }

    static TargetView<?> make(KubernetesApi api, KubernetesSdConfig config) {
        return new TargetViews(api, config).make();
    }

    private TargetView<?> make() {
        ScopedObjects<NodeFacts> nodes = config.nodeMetadata() ? objects(ResourceKind.NODES, Role.NODE) : null;
        ScopedObjects<NamespaceFacts> spaces =
                config.namespaceMetadata() ? objects(ResourceKind.NAMESPACES, null) : null;
        return switch (config.role()) {
            case POD -> pods(nodes, spaces);
            case SERVICE ->
                new TargetView<>(
                                api,
                                "svc",
                                objects(ResourceKind.SERVICES, Role.SERVICE),
                                (source, service) -> SimpleGroups.service(source, service, spaces))
                        .linked(spaces, service -> Set.of(service.namespace()));
            case ENDPOINTS -> endpoints(ResourceKind.ENDPOINTS, Role.ENDPOINTS, nodes, spaces);
            case ENDPOINTSLICE -> endpoints(ResourceKind.ENDPOINT_SLICES, Role.ENDPOINTSLICE, nodes, spaces);
            case NODE -> new TargetView<>(api, "node", objects(ResourceKind.NODES, Role.NODE), SimpleGroups::node);
            case INGRESS ->
                new TargetView<>(
                                api,
                                "ingress",
                                objects(ResourceKind.INGRESSES, Role.INGRESS),
                                (source, ingress) -> SimpleGroups.ingress(source, ingress, spaces))
                        .linked(spaces, ingress -> Set.of(ingress.namespace()));
        };
    }

    private TargetView<PodFacts> pods(
            @Nullable ScopedObjects<NodeFacts> nodes, @Nullable ScopedObjects<NamespaceFacts> spaces) {
        return new TargetView<>(
                        api,
                        "pod",
                        objects(ResourceKind.PODS, Role.POD),
                        (source, pod) -> SimpleGroups.pod(source, pod, nodes, spaces))
                .linked(nodes, pod -> Set.of(pod.node()))
                .linked(spaces, pod -> Set.of(pod.namespace()));
    }

    private TargetView<EndpointsFacts> endpoints(
            ResourceKind<?, EndpointsFacts> kind,
            Role role,
            @Nullable ScopedObjects<NodeFacts> nodes,
            @Nullable ScopedObjects<NamespaceFacts> spaces) {
        ScopedObjects<ServiceFacts> services = objects(ResourceKind.SERVICES, Role.SERVICE);
        ScopedObjects<PodFacts> pods = objects(ResourceKind.PODS, Role.POD);
        EndpointGroups groups = new EndpointGroups(services, pods, nodes, spaces);
        return new TargetView<>(api, role.word(), objects(kind, role), groups::make)
                .linked(services, endpoints -> Set.of(endpoints.namespace() + "/" + endpoints.service()))
                .linked(pods, endpoints -> each(endpoints, EndpointsFacts.Endpoint::pod))
                .linked(nodes, endpoints -> each(endpoints, EndpointsFacts.Endpoint::node))
                .linked(spaces, endpoints -> Set.of(endpoints.namespace()));
    }

    private static Set<String> each(EndpointsFacts endpoints, Function<EndpointsFacts.Endpoint, String> reference) {
        Set<String> references = new HashSet<>();
        for (EndpointsFacts.Endpoint endpoint : endpoints.endpoints()) {
            references.add(reference.apply(endpoint));
        }
        references.remove("");
        return references;
    }

    /** @param role whose selectors apply; null for none */
    private <T extends HasMetadata, F> ScopedObjects<F> objects(ResourceKind<T, F> kind, @Nullable Role role) {
        Selector selector = role == null ? null : config.selector(role).orElse(null);
        String label = selector == null ? "" : selector.label();
        String field = selector == null ? "" : selector.field();
        WatchKey<F> everywhere = new WatchKey<>(kind, null, label, field);
        // Where all namespaces are watched anyway, a watch for each that is wanted would be a waste.
        if (!kind.namespaced() || namespaces.isEmpty() || api.isWatched(everywhere)) {
            return new ScopedObjects<>(List.of(api.watched(everywhere)), kind.namespaced() ? namespaces : Set.of());
        }
        List<WatchedObjects<F>> watches = new ArrayList<>();
        for (String namespace : namespaces) {
            watches.add(api.watched(new WatchKey<>(kind, namespace, label, field)));
        }
        return new ScopedObjects<>(watches, Set.of());
    }
}
