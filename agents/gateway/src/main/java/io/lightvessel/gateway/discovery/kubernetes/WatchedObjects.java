package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The facts about all objects a watch sees, kept up to date by an informer. Everything but the informer's calls happens
 * on the loop, so that those who look at several watches see them at one moment.
 */
final class WatchedObjects<F> {

    /** One page of the first list; without pages the API server and we hold all objects at once. */
    private static final long PAGE = 500;

    /** A watch that breaks is made again within a second or two; longer is a problem. */
    private static final int PATIENT_TICKS = 10;

    private final WatchKey<F> key;
    private final MetaNames names;
    private final Executor loop;
    private final Map<String, F> facts = new HashMap<>();
    private final List<Watcher<F>> watchers = new ArrayList<>();
    private @Nullable SharedIndexInformer<?> informer;
    private boolean synced;
    private boolean closed;
    private int ticksWithout;
    private @Nullable String problem;

    /** Hears of changes, on the loop. */
    interface Watcher<F> {

        /** @param now null when it is gone */
        void changed(String key, @Nullable F before, @Nullable F now);

        /** The first list is complete, or the problem is another than before. */
        void stateChanged();
    }

    WatchedObjects(WatchKey<F> key, MetaNames names, Executor loop) {
        this.key = key;
        this.names = names;
        this.loop = loop;
    }

    void start(KubernetesClient client) {
        start(key.kind(), client);
    }

    private <T extends HasMetadata> void start(ResourceKind<T, F> kind, KubernetesClient client) {
        SharedIndexInformer<T> made = Informers.make(kind, key, client, PAGE);
        made.removeNamespaceIndex();
        made.itemStore(new StubStore<>(kind.empty()));
        made.addEventHandler(new Events<>(kind));
        made.exceptionHandler((started, failure) -> {
            String text = ApiProblem.of(key, failure);
            loop.execute(() -> problem(text));
            // The informer waits longer each time, up to half a minute, and begins with a list again.
            return true;
        });
        informer = made;
        made.start();
    }

    private final class Events<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final ResourceKind<T, F> kind;

        Events(ResourceKind<T, F> kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(T object) {
            onUpdate(object, object);
        }

        @Override
        public void onUpdate(T before, T object) {
            String id = Cache.metaNamespaceKeyFunc(object);
            F now = kind.facts().apply(names, object);
            loop.execute(() -> put(id, now));
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            String id = Cache.metaNamespaceKeyFunc(object);
            loop.execute(() -> put(id, null));
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            loop.execute(WatchedObjects.this::listed);
        }
    }

    private void put(String id, @Nullable F now) {
        F before = now == null ? facts.remove(id) : facts.put(id, now);
        if (closed || now == null ? before == null : now.equals(before)) {
            return;
        }
        for (Watcher<F> watcher : List.copyOf(watchers)) {
            watcher.changed(id, before, now);
        }
    }

    private void listed() {
        ticksWithout = 0;
        boolean first = !synced;
        synced = true;
        if (first || problem != null) {
            problem = null;
            tellState();
        }
    }

    private void problem(String text) {
        ticksWithout = 0;
        if (!text.equals(problem)) {
            problem = text;
            tellState();
        }
    }

    /** Called every second: what an informer does not tell is that nobody answers it. */
    void tick() {
        if (informer == null || closed) {
            return;
        }
        if (informer.isWatching()) {
            ticksWithout = 0;
            if (problem != null && synced) {
                problem = null;
                tellState();
            }
        } else if (++ticksWithout >= PATIENT_TICKS && problem == null) {
            problem(ApiProblem.silent(key));
        }
    }

    private void tellState() {
        for (Watcher<F> watcher : List.copyOf(watchers)) {
            watcher.stateChanged();
        }
    }

    boolean isSynced() {
        return synced;
    }

    @Nullable
    String problem() {
        return problem;
    }

    @Nullable
    F get(String id) {
        return facts.get(id);
    }

    Collection<String> ids() {
        return Collections.unmodifiableSet(facts.keySet());
    }

    void add(Watcher<F> watcher) {
        watchers.add(watcher);
    }

    /** Whether nobody is left. */
    boolean remove(Watcher<F> watcher) {
        watchers.remove(watcher);
        return watchers.isEmpty();
    }

    WatchKey<F> key() {
        return key;
    }

    void close() {
        closed = true;
        if (informer != null) {
            informer.stop();
        }
    }
}
