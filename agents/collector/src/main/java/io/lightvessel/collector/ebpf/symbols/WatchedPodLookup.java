package io.lightvessel.collector.ebpf.symbols;

import io.lightvessel.collector.kubernetes.PodDirectory;
import io.lightvessel.collector.kubernetes.PodFacts;
import java.util.Optional;

/** Knows pods by what the API server tells, annotations with it, and as long as it does not tell by another lookup. */
public final class WatchedPodLookup implements PodLookup {
    private final PodDirectory directory;
    private final PodLookup otherwise;

    /** @param directory is closed with this */
    public WatchedPodLookup(PodDirectory directory, PodLookup otherwise) {
        this.directory = directory;
        this.otherwise = otherwise;
    }

    @Override
    public Optional<PodContainer> find(String containerId, String podUid) {
        Optional<PodFacts> facts = podUid.isEmpty() ? directory.ofContainer(containerId) : directory.find(podUid);
        return facts.isEmpty()
                ? otherwise.find(containerId, podUid)
                : facts.map(pod -> new PodContainer(
                        pod.namespace(),
                        pod.name(),
                        container(pod, containerId, podUid),
                        pod.profiledAs().orElse("")));
    }

    /** A container's state reaches the API server later than its processes run. */
    private String container(PodFacts pod, String containerId, String podUid) {
        String name = pod.containers().get(containerId);
        return name != null
                ? name
                : otherwise
                        .find(containerId, podUid)
                        .map(PodContainer::container)
                        .orElseGet(() ->
                                containerId.substring(0, Math.min(LogDirectoryPods.SHORT_ID, containerId.length())));
    }

    @Override
    public void close() {
        directory.close();
        otherwise.close();
    }
}
