package io.lightvessel.gateway.discovery.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What a watch sees. Equal keys share a watch.
 *
 * @param namespace null for all
 */
record WatchKey<F>(ResourceKind<?, F> kind, @Nullable String namespace, String labelSelector, String fieldSelector) {

    static <F> WatchKey<F> everything(ResourceKind<?, F> kind) {
        return new WatchKey<>(kind, null, "", "");
    }

    /** For people, such as {@code pods in namespace shop}. */
    String where() {
        if (!kind.namespaced()) {
            return kind.fullName();
        }
        return kind.fullName() + (namespace == null ? " in all namespaces" : " in namespace " + namespace);
    }
}
