package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer needs in order to tell changes: which objects there are, in which version. The objects themselves,
 * several kilobytes each, are gone as soon as their facts are known.
 */
final class StubStore<T extends HasMetadata> implements ItemStore<T> {

    private final Map<String, String> versions = new ConcurrentHashMap<>();
    private final Supplier<T> empty;

    /** @param empty makes an empty object of the kind */
    StubStore(Supplier<T> empty) {
        this.empty = empty;
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable T put(String key, T object) {
        String version = object.getMetadata().getResourceVersion();
        return stub(key, versions.put(key, version == null ? "" : version));
    }

    @Override
    public @Nullable T remove(String key) {
        return stub(key, versions.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return versions.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return versions.entrySet().stream().map(entry -> made(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return versions.size();
    }

    @Override
    public @Nullable T get(String key) {
        return stub(key, versions.get(key));
    }

    /** Makes the informer hand out each object when it comes, not from here later. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private @Nullable T stub(String key, @Nullable String version) {
        return version == null ? null : made(key, version);
    }

    private T made(String key, String version) {
        T stub = empty.get();
        ObjectMeta meta = new ObjectMeta();
        int slash = key.indexOf('/');
        if (slash >= 0) {
            meta.setNamespace(key.substring(0, slash));
        }
        meta.setName(key.substring(slash + 1));
        meta.setResourceVersion(version);
        stub.setMetadata(meta);
        return stub;
    }
}
