package io.lightvessel.collector.ebpf.symbols;

import java.util.Optional;

/** Knows the containers of this node's pods. Safe for use by several threads; must not block for long. */
@FunctionalInterface
public interface PodLookup extends AutoCloseable {

    /**
     * @param containerId 64 hexadecimal digits
     * @param podUid with dashes; empty when the process's cgroup does not tell
     */
    Optional<PodContainer> find(String containerId, String podUid);

    @Override
    default void close() {
        // Most hold nothing.
    }
}
