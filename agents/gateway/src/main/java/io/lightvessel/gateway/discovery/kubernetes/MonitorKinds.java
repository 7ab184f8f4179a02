package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.lightvessel.gateway.discovery.kubernetes.monitors.Monitor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Prometheus operator's resources. They are read as JSON has them, without a model of classes. */
final class MonitorKinds {

    static final String GROUP = "monitoring.coreos.com";

    static final ResourceKind<GenericKubernetesResource, Monitor> SERVICE_MONITORS =
            kind(Monitor.Kind.SERVICE, "servicemonitors");

    static final ResourceKind<GenericKubernetesResource, Monitor> POD_MONITORS = kind(Monitor.Kind.POD, "podmonitors");

    private MonitorKinds() {}

    private static ResourceKind<GenericKubernetesResource, Monitor> kind(Monitor.Kind kind, String plural) {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion("v1")
                .withKind(kind.word())
                .withPlural(plural)
                .withNamespaced(true)
                .build();
        return new ResourceKind<>(
                GROUP,
                plural,
                true,
                client -> client.genericKubernetesResources(context),
                GenericKubernetesResource::new,
                (_, object) -> new Monitor(
                        kind,
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName(),
                        spec(object.getAdditionalProperties().get("spec"))));
    }

    @SuppressWarnings("unchecked") // Names of fields in JSON are texts.
    private static Map<String, Object> spec(@Nullable Object spec) {
        return spec instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
