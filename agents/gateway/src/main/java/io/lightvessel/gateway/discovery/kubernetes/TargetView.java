package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The target groups of one config, made of the objects of its role and of those they refer to. Nothing is told before
 * all first lists are complete, since a target without its service's labels would be a wrong target. Everything happens
 * on the loop.
 */
final class TargetView<F> {

    private final KubernetesApi api;
    private final String source;
    private final ScopedObjects<F> objects;
    private final BiFunction<String, F, TargetGroup> groups;
    private final List<Link<F, ?>> links = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Set<String> dirty = new LinkedHashSet<>();
    private boolean flushing;
    private boolean told;

    /** Hears of groups and problems, on the loop. */
    interface Subscriber {

        void changed(List<TargetGroup> groups);

        void problem(@Nullable String message);
    }

    /** Objects that the ones of the role refer to. */
    private record Link<F, X>(ScopedObjects<X> objects, Function<F, Set<String>> references, References index) {

        void replace(String id, @Nullable F before, @Nullable F now) {
            index.replace(
                    id,
                    before == null ? Set.of() : references.apply(before),
                    now == null ? Set.of() : references.apply(now));
        }
    }

    /**
     * @param source what names of groups begin with
     * @param groups makes the group with that source of an object
     */
    TargetView(KubernetesApi api, String source, ScopedObjects<F> objects, BiFunction<String, F, TargetGroup> groups) {
        this.api = api;
        this.source = source;
        this.objects = objects;
        this.groups = groups;
    }

    /** Adds objects whose changes are changes of those that refer to them. */
    <X> TargetView<F> linked(@Nullable ScopedObjects<X> others, Function<F, Set<String>> references) {
        if (others != null) {
            links.add(new Link<>(others, references, new References()));
        }
        return this;
    }

    void start() {
        objects.listen(
                (id, before, now) -> {
                    for (Link<F, ?> link : links) {
                        link.replace(id, before, now);
                    }
                    dirty(id);
                },
                this::stateChanged);
        for (Link<F, ?> link : links) {
            link.objects().listen((id, _, _) -> link.index().to(id).forEach(this::dirty), this::stateChanged);
        }
        stateChanged();
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
        subscriber.problem(problem());
        if (told) {
            subscriber.changed(objects.ids().stream().map(this::group).toList());
        }
    }

    /** Whether nobody is left. */
    boolean remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        return subscribers.isEmpty();
    }

    void close(Consumer<WatchedObjects<?>> unused) {
        objects.close(unused);
        for (Link<F, ?> link : links) {
            link.objects().close(unused);
        }
    }

    /** Tells the problem anew; called when the connection itself has one, too. */
    void stateChanged() {
        String problem = problem();
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.problem(problem);
        }
        if (!told && isSynced()) {
            told = true;
            dirty.clear();
            List<TargetGroup> all = objects.ids().stream().map(this::group).toList();
            for (Subscriber subscriber : List.copyOf(subscribers)) {
                subscriber.changed(all);
            }
        }
    }

    private boolean isSynced() {
        return objects.isSynced()
                && links.stream().allMatch(link -> link.objects().isSynced());
    }

    private void dirty(String id) {
        if (!told) {
            return;
        }
        dirty.add(id);
        if (!flushing) {
            flushing = true;
            api.soon(this::flush);
        }
    }

    /** A rollout changes the same objects again and again; what has changed in between is told once. */
    private void flush() {
        flushing = false;
        List<TargetGroup> changed = dirty.stream().map(this::group).toList();
        dirty.clear();
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.changed(changed);
        }
    }

    private TargetGroup group(String id) {
        F facts = objects.get(id);
        String name = source + "/" + id;
        return facts == null ? new TargetGroup(name, List.of(), Map.of()) : groups.apply(name, facts);
    }

    private @Nullable String problem() {
        Problems problems = new Problems();
        problems.add(api.problem());
        objects.problems(problems);
        for (Link<F, ?> link : links) {
            link.objects().problems(problems);
        }
        return problems.text();
    }
}
