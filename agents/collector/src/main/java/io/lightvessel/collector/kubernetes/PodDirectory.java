package io.lightvessel.collector.kubernetes;

import java.util.Optional;

/** Knows the pods of this node by uid. */
public interface PodDirectory extends AutoCloseable {

    /** Knows nothing and never will. */
    PodDirectory NONE = new PodDirectory() {
        @Override
        public Optional<PodFacts> find(String uid) {
            return Optional.empty();
        }

        @Override
        public Optional<PodFacts> ofContainer(String containerId) {
            return Optional.empty();
        }

        @Override
        public boolean isExpected() {
            return false;
        }

        @Override
        public long version() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    Optional<PodFacts> find(String uid);

    /** The pod of a container whose pod is not known by uid. */
    Optional<PodFacts> ofContainer(String containerId);

    /** Whether it is worth waiting for facts that are not there yet. */
    boolean isExpected();

    /** Grows with every change. */
    long version();

    @Override
    void close();
}
