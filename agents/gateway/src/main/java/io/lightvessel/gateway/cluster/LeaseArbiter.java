package io.lightvessel.gateway.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.lightvessel.gateway.cluster.core.Arbiter;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An arbiter that keeps its rulings in annotations of a Lease object, one for each cluster's lineage. The API server
 * refuses a change of an object that has changed meanwhile, which is all that is needed of it.
 */
public final class LeaseArbiter implements Arbiter {

    private static final String PREFIX = "cluster.lightvessel.io/";
    private static final int MOST_LINEAGES = 16;
    private static final int CONFLICT = 409;
    private static final ResourceDefinitionContext LEASES = new ResourceDefinitionContext.Builder()
            .withGroup("coordination.k8s.io")
            .withVersion("v1")
            .withKind("Lease")
            .withPlural("leases")
            .withNamespaced(true)
            .build();

    private final String name;
    private final @Nullable String namespace;
    private final Supplier<KubernetesClient> clients;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cluster-arbiter").daemon().factory());

    /** @param namespace null: the pod's own */
    public LeaseArbiter(String name, @Nullable String namespace) {
        this(name, namespace, () -> new KubernetesClientBuilder().build());
    }

    LeaseArbiter(String name, @Nullable String namespace, Supplier<KubernetesClient> clients) {
        this.name = name;
        this.namespace = namespace;
        this.clients = clients;
    }

    @Override
    public CompletionStage<Set<MemberId>> claim(Claim claim) {
        return CompletableFuture.supplyAsync(() -> ask(claim), executor);
    }

    private Set<MemberId> ask(Claim claim) {
        try (KubernetesClient client = clients.get()) {
            String own = client.getNamespace() == null ? "default" : client.getNamespace();
            String place = namespace == null ? own : namespace;
            NonNamespaceOperation<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    leases = client.genericKubernetesResources(LEASES).inNamespace(place);
            GenericKubernetesResource lease = leases.withName(name).get();
            if (lease == null) {
                lease = leases.resource(fresh(place)).create();
            }
            return change(leases, lease, claim);
        } catch (IOException e) {
            throw new IllegalStateException("Lease " + name + ": " + e.getMessage(), e);
        }
    }

    private GenericKubernetesResource fresh(String place) {
        GenericKubernetesResource fresh = new GenericKubernetesResource();
        fresh.setApiVersion("coordination.k8s.io/v1");
        fresh.setKind("Lease");
        fresh.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(place).build());
        return fresh;
    }

    private static Set<MemberId> change(
            NonNamespaceOperation<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    leases,
            GenericKubernetesResource lease,
            Claim claim)
            throws IOException {
        ObjectMeta metadata = lease.getMetadata();
        Map<String, String> annotations =
                new HashMap<>(metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations());
        String key = PREFIX + Long.toHexString(claim.lineage());
        return Rulings.claim(claim, annotations.getOrDefault(key, ""), memory -> {
            long lineages = annotations.keySet().stream()
                    .filter(known -> known.startsWith(PREFIX))
                    .count();
            if (lineages >= MOST_LINEAGES) {
                // Clusters are founded rarely; so many are remains of former lives.
                annotations.keySet().removeIf(known -> known.startsWith(PREFIX) && !known.equals(key));
            }
            annotations.put(key, memory.strip());
            metadata.setAnnotations(annotations);
            try {
                // With the version that was read: a change in between makes this fail, and the next try reads it.
                leases.resource(lease).update();
            } catch (KubernetesClientException e) {
                throw new IOException(e.getCode() == CONFLICT ? "it has changed meanwhile" : e.getMessage(), e);
            }
        });
    }
}
