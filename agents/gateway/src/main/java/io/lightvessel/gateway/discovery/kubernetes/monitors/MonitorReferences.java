package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.Optional;

/** The Secrets and ConfigMaps that monitors refer to; always of the monitor's own namespace. */
public interface MonitorReferences {

    /**
     * A value.
     *
     * @return empty when the object or the key is not there
     * @throws InvalidMonitorException when it may not be read; a {@link PendingReferenceException} when it is not known yet
     */
    Optional<String> value(Reference reference) throws InvalidMonitorException;

    /** Which object. */
    enum Kind {
        SECRET("Secret"),
        CONFIG_MAP("ConfigMap");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The kind as manifests write it. */
        public String word() {
            return word;
        }
    }

    /** An object by name. */
    record Holder(Kind kind, String namespace, String name) {
        @Override
        public String toString() {
            return kind.word() + " " + namespace + "/" + name;
        }
    }

    /** A key in an object. */
    record Reference(Holder holder, String key) {}
}
