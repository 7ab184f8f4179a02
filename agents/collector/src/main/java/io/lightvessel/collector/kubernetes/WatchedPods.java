package io.lightvessel.collector.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the pods of one node, and only those: the field selector keeps every collector from being sent the whole
 * cluster. Goes on trying while the API server is away or says no.
 */
public final class WatchedPods implements PodDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedPods.class);
    private static final int REMEMBERED = 500;
    private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final KubernetesClient client;
    private final Map<String, PodFacts> pods = new ConcurrentHashMap<>();
    private final Queue<String> gone = new ConcurrentLinkedQueue<>();
    private final AtomicLong version = new AtomicLong();
    private final SharedIndexInformer<Pod> informer;
    private volatile boolean failing;

    /** @param client is closed with this */
    public WatchedPods(KubernetesClient client, String node) {
        this.client = client;
        this.informer = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .runnableInformer(0)
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        put(pod);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {
                        put(pod);
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknownState) {
                        forget(pod);
                    }
                })
                .exceptionHandler((started, e) -> {
                    if (!failing) {
                        LOG.warn("pods of node {} are not known: {}", node, e.getMessage());
                    }
                    failing = true;
                    return true;
                });
        informer.start();
    }

    /** Those of this node, if this process can know the API server and the node's name. */
    public static PodDirectory open(Optional<String> kubeconfig, String node) {
        if (kubeconfig.isEmpty() && !Files.exists(TOKEN)) {
            return NONE;
        }
        if (node.isEmpty()) {
            LOG.warn(
                    "the node's name is not known, so the API server is not asked (expected: node_from_env_var to name a "
                            + "variable that is set)");
            return NONE;
        }
        Config config = kubeconfig
                .map(file -> Config.fromKubeconfig(new File(file)))
                .orElseGet(() -> new ConfigBuilder().build());
        return new WatchedPods(new KubernetesClientBuilder().withConfig(config).build(), node);
    }

    private void put(Pod pod) {
        failing = false;
        List<OwnerReference> owners = pod.getMetadata().getOwnerReferences();
        OwnerReference owner = owners == null || owners.isEmpty() ? null : owners.getFirst();
        PodFacts facts = new PodFacts(
                text(pod.getMetadata().getNamespace()),
                text(pod.getMetadata().getName()),
                text(pod.getSpec().getNodeName()),
                owner == null ? "" : owner.getKind(),
                owner == null ? "" : owner.getName(),
                map(pod.getMetadata().getLabels()),
                map(pod.getMetadata().getAnnotations()),
                containers(pod.getStatus()));
        if (!facts.equals(pods.put(uid(pod), facts))) {
            version.incrementAndGet();
        }
    }

    /** Its last lines may still have to be read; what is known of it stays until enough others are gone. */
    private void forget(Pod pod) {
        gone.add(uid(pod));
        if (gone.size() > REMEMBERED) {
            pods.remove(gone.poll());
        }
    }

    /** Logs of pods from files are under the uid that the file's config got, not the API's. */
    private static String uid(Pod pod) {
        String mirrored = map(pod.getMetadata().getAnnotations()).get("kubernetes.io/config.hash");
        return mirrored == null ? pod.getMetadata().getUid() : mirrored;
    }

    /** Ids come with the runtime before them: {@code containerd://…}; what has not been started yet has none. */
    private static Map<String, String> containers(@Nullable PodStatus status) {
        Map<String, String> containers = new HashMap<>();
        if (status != null) {
            Stream.of(
                            status.getContainerStatuses(),
                            status.getInitContainerStatuses(),
                            status.getEphemeralContainerStatuses())
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .filter(container -> container.getContainerID() != null)
                    .forEach(container -> containers.put(
                            container.getContainerID().replaceFirst("^[a-z0-9-]+://", ""), container.getName()));
        }
        return containers;
    }

    private static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public Optional<PodFacts> find(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    @Override
    public Optional<PodFacts> ofContainer(String containerId) {
        return pods.values().stream()
                .filter(pod -> pod.containers().containsKey(containerId))
                .findFirst();
    }

    @Override
    public boolean isExpected() {
        return !failing;
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public void close() {
        informer.stop();
        client.close();
    }
}
