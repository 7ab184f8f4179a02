package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Makes an informer for what a watch is to see. */
final class Informers {

    private Informers() {}

    static <T extends HasMetadata> SharedIndexInformer<T> make(
            ResourceKind<T, ?> kind, WatchKey<?> key, KubernetesClient client, long page) {
        MixedOperation<T, ?, Resource<T>> operations = kind.operations().apply(client);
        FilterWatchListDeletable<T, ?, Resource<T>> wanted;
        if (!kind.namespaced()) {
            wanted = operations;
        } else if (key.namespace() == null) {
            wanted = operations.inAnyNamespace();
        } else {
            wanted = operations.inNamespace(key.namespace());
        }
        if (!key.labelSelector().isEmpty()) {
            wanted = wanted.withLabelSelector(key.labelSelector());
        }
        for (String term : key.fieldSelector().split(",")) {
            wanted = withField(wanted, term.strip());
        }
        return wanted.withLimit(page).runnableInformer(0);
    }

    /** A term is {@code field=value}, {@code field==value} or {@code field!=value}. */
    private static <T extends HasMetadata> FilterWatchListDeletable<T, ?, Resource<T>> withField(
            FilterWatchListDeletable<T, ?, Resource<T>> wanted, String term) {
        int equals = term.indexOf('=');
        if (equals <= 0) {
            return wanted;
        }
        boolean not = term.charAt(equals - 1) == '!';
        String field = term.substring(0, not ? equals - 1 : equals).strip();
        String value = term.substring(term.startsWith("==", equals) ? equals + 2 : equals + 1)
                .strip();
        return not ? wanted.withoutField(field, value) : wanted.withField(field, value);
    }
}
