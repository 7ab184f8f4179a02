package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.Map;

/**
 * A ServiceMonitor or PodMonitor as the API server has it.
 *
 * @param spec its {@code spec}, as JSON is read into maps and lists
 */
public record Monitor(Kind kind, String namespace, String name, Map<String, Object> spec) {

    /** Which of the two. */
    public enum Kind {
        SERVICE("ServiceMonitor", "serviceMonitor"),
        POD("PodMonitor", "podMonitor");

        private final String word;
        private final String prefix;

        Kind(String word, String prefix) {
            this.word = word;
            this.prefix = prefix;
        }

        /** The kind as manifests write it. */
        public String word() {
            return word;
        }

        String prefix() {
            return prefix;
        }
    }

    /** Such as {@code serviceMonitor/shop/cart}; names of its jobs begin with it. */
    public String id() {
        return kind.prefix() + "/" + namespace + "/" + name;
    }

    /** For people, such as {@code ServiceMonitor shop/cart}. */
    public String title() {
        return kind.word() + " " + namespace + "/" + name;
    }
}
