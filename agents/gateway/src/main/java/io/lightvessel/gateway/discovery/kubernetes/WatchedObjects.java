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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts about all objects a watch sees, kept up to date by an informer. Everything but the informer's calls happens
 * on the loop, so that those who look at several watches see them at one moment.
 */
final class WatchedObjects<F> {

    /** One page of the first list; without pages the API server and we hold all objects at once. */
    private static final long PAGE = 500;

    /** A watch that breaks is made again within a second or two; longer is a problem. */
    private static final int PATIENT_TICKS = 5;

    private final WatchKey<F> key;
    private final MetaNames names;
    private final Executor loop;
    private final Executor tasks;
    private final Map<String, F> facts = new HashMap<>();
    private final List<Watcher<F>> watchers = new ArrayList<>();
    private @Nullable SharedIndexInformer<?> informer;
    private @Nullable Supplier<SharedIndexInformer<?>> begin;
    private Set<String> unseen = new HashSet<>();
    private int round;
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

    WatchedObjects(WatchKey<F> key, MetaNames names, Executor loop, Executor tasks) {
        this.key = key;
        this.names = names;
        this.loop = loop;
        this.tasks = tasks;
    }

    void start(KubernetesClient client) {
        start(key.kind(), client);
    }

    private <T extends HasMetadata> void start(ResourceKind<T, F> kind, KubernetesClient client) {
        begin = () -> informer(kind, client, round);
        informer = begin.get();
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(
            ResourceKind<T, F> kind, KubernetesClient client, int number) {
        SharedIndexInformer<T> made = Informers.make(kind, key, client, PAGE);
        made.removeNamespaceIndex();
        made.itemStore(new StubStore<>(kind.empty()));
        made.addEventHandler(new Events<>(kind, number));
        made.exceptionHandler((started, failure) -> {
            String text = ApiProblem.of(key, failure);
            inRound(number, () -> problem(text));
            // The informer waits longer each time, up to 8 s, and begins with a list again.
            return true;
        });
        made.start();
        return made;
    }

    /** For a watch that does not come back by itself; a new list finds out what happened meanwhile. */
    private void beginAgain() {
        SharedIndexInformer<?> old = informer;
        Supplier<SharedIndexInformer<?>> again = begin;
        if (old != null && again != null) {
            tasks.execute(old::stop);
            round++;
            unseen = new HashSet<>(facts.keySet());
            informer = again.get();
        }
    }

    /** On the loop, unless the informer that says so has been replaced. */
    private void inRound(int number, Runnable task) {
        loop.execute(() -> {
            if (number == round && !closed) {
                task.run();
            }
        });
    }

    private final class Events<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final ResourceKind<T, F> kind;
        private final int number;

        Events(ResourceKind<T, F> kind, int number) {
            this.kind = kind;
            this.number = number;
        }

        @Override
        public void onAdd(T object) {
            onUpdate(object, object);
        }

        @Override
        public void onUpdate(T before, T object) {
            String id = Cache.metaNamespaceKeyFunc(object);
            F now = kind.facts().apply(names, object);
            inRound(number, () -> put(id, now));
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            String id = Cache.metaNamespaceKeyFunc(object);
            inRound(number, () -> put(id, null));
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            inRound(number, WatchedObjects.this::listed);
        }
    }

    private void put(String id, @Nullable F now) {
        unseen.remove(id);
        F before = now == null ? facts.remove(id) : facts.put(id, now);
        if (now == null ? before == null : now.equals(before)) {
            return;
        }
        for (Watcher<F> watcher : List.copyOf(watchers)) {
            watcher.changed(id, before, now);
        }
    }

    private void listed() {
        ticksWithout = 0;
        // What an earlier informer knew of and this one's list does not have.
        List.copyOf(unseen).forEach(id -> put(id, null));
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
            return;
        }
        ticksWithout++;
        String silent = ApiProblem.silent(key);
        if (ticksWithout >= PATIENT_TICKS && (problem == null || problem.equals(silent))) {
            if (problem == null) {
                problem = silent;
                tellState();
            }
            ticksWithout = 0;
            beginAgain();
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
