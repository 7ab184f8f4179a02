package io.lightvessel.gateway.discovery.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects of one kind that a view looks at: those of one or more watches, or of some namespaces of one. */
final class ScopedObjects<F> implements WatchedObjects.Watcher<F> {

    private final List<WatchedObjects<F>> watches;
    private final Set<String> namespaces;
    private Changed<F> changed = (id, before, now) -> {};
    private Runnable stateChanged = () -> {};

    /** Hears of a change. */
    interface Changed<F> {
        void accept(String id, @Nullable F before, @Nullable F now);
    }

    /** @param namespaces the ones that count; empty for all that the watches see */
    ScopedObjects(List<WatchedObjects<F>> watches, Set<String> namespaces) {
        this.watches = List.copyOf(watches);
        this.namespaces = Set.copyOf(namespaces);
    }

    /** Begins to listen and tells what is there already. */
    void listen(Changed<F> listener, Runnable onState) {
        changed = listener;
        stateChanged = onState;
        for (WatchedObjects<F> watch : watches) {
            watch.add(this);
            for (String id : List.copyOf(watch.ids())) {
                changed(id, null, watch.get(id));
            }
        }
    }

    void close(Consumer<WatchedObjects<?>> unused) {
        for (WatchedObjects<F> watch : watches) {
            if (watch.remove(this)) {
                unused.accept(watch);
            }
        }
    }

    @Override
    public void changed(String id, @Nullable F before, @Nullable F now) {
        if (counts(id)) {
            changed.accept(id, before, now);
        }
    }

    @Override
    public void stateChanged() {
        stateChanged.run();
    }

    @Nullable
    F get(String id) {
        if (!counts(id)) {
            return null;
        }
        for (WatchedObjects<F> watch : watches) {
            F found = watch.get(id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (WatchedObjects<F> watch : watches) {
            for (String id : watch.ids()) {
                if (counts(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    boolean isSynced() {
        return watches.stream().allMatch(WatchedObjects::isSynced);
    }

    void problems(Problems into) {
        watches.forEach(watch -> into.add(watch.problem()));
    }

    private boolean counts(String id) {
        int slash = id.indexOf('/');
        return namespaces.isEmpty() || slash < 0 || namespaces.contains(id.substring(0, slash));
    }
}
