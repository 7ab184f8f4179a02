package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One API server as seen with one set of credentials: a client, the watches on it and the views made of them. */
final class KubernetesApi {

    private static final int SOON_MILLIS = 50;
    private static final int RECONNECT_SECONDS = 10;

    private final ApiAccess access;
    private final ScheduledExecutorService loop;
    private final Executor tasks;
    private final MetaNames names = new MetaNames();
    private final Map<WatchKey<?>, WatchedObjects<?>> watches = new HashMap<>();
    private final Map<KubernetesSdConfig, TargetView<?>> views = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final List<ClientUser> waiting = new ArrayList<>();
    private CompletableFuture<?> closing = CompletableFuture.completedFuture(null);
    private @Nullable KubernetesClient client;
    private @Nullable String problem;
    private boolean closed;

    /** Needs the client as soon as there is one. */
    interface ClientUser {
        void use(KubernetesClient client);
    }

    /** @param loop where everything happens; one thread */
    KubernetesApi(ApiAccess access, ScheduledExecutorService loop, Executor tasks) {
        this.access = access;
        this.loop = loop;
        this.tasks = tasks;
    }

    void connect() {
        if (closed) {
            return;
        }
        try {
            client = ApiClients.make(access, tasks);
        } catch (IOException | RuntimeException e) {
            problem = ApiProblem.reason(e);
            tellState();
            loop.schedule(this::connect, RECONNECT_SECONDS, TimeUnit.SECONDS);
            return;
        }
        problem = null;
        List<ClientUser> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(user -> user.use(client));
        tellState();
    }

    /** Calls when there is a client: now, or once it could be made. */
    void withClient(ClientUser user) {
        if (client == null) {
            waiting.add(user);
        } else {
            user.use(client);
        }
    }

    @Nullable
    String problem() {
        return problem;
    }

    void soon(Runnable task) {
        loop.schedule(task, SOON_MILLIS, TimeUnit.MILLISECONDS);
    }

    void later(Runnable task, int seconds) {
        loop.schedule(task, seconds, TimeUnit.SECONDS);
    }

    Executor loop() {
        return loop;
    }

    /** For what may wait for the network. */
    Executor tasks() {
        return tasks;
    }

    void listen(Runnable stateChanged) {
        listeners.add(stateChanged);
    }

    void unlisten(Runnable stateChanged) {
        listeners.remove(stateChanged);
    }

    private void tellState() {
        views.values().forEach(TargetView::stateChanged);
        List.copyOf(listeners).forEach(Runnable::run);
    }

    /** The watch with that key, started if it is new. */
    <F> WatchedObjects<F> watched(WatchKey<F> key) {
        @SuppressWarnings("unchecked") // A key's kind says what its facts are.
        WatchedObjects<F> known = (WatchedObjects<F>) watches.get(key);
        if (known != null) {
            return known;
        }
        WatchedObjects<F> made = new WatchedObjects<>(key, names, loop, tasks);
        watches.put(key, made);
        withClient(now -> {
            if (watches.get(key) == made) {
                made.start(now);
            }
        });
        return made;
    }

    boolean isWatched(WatchKey<?> key) {
        return watches.containsKey(key);
    }

    void unused(WatchedObjects<?> watch) {
        if (watches.remove(watch.key(), watch)) {
            closeLater(watch::close);
        }
    }

    void subscribe(KubernetesSdConfig config, TargetView.Subscriber subscriber) {
        TargetView<?> view = views.get(config);
        if (view == null) {
            view = TargetViews.make(this, config);
            views.put(config, view);
            view.start();
        }
        view.add(subscriber);
    }

    void unsubscribe(KubernetesSdConfig config, TargetView.Subscriber subscriber) {
        TargetView<?> view = views.get(config);
        if (view != null && view.remove(subscriber)) {
            views.remove(config);
            view.close(this::unused);
        }
    }

    void tick() {
        List.copyOf(watches.values()).forEach(WatchedObjects::tick);
    }

    void close() {
        closed = true;
        List.copyOf(watches.values()).forEach(this::unused);
        KubernetesClient had = client;
        if (had != null) {
            closeLater(had::close);
        }
    }

    /**
     * Closing waits for the network at times. One after the other, since a client that is closed leaves its watches
     * waiting for answers.
     */
    private void closeLater(Runnable close) {
        closing = closing.handleAsync(
                (_, _) -> {
                    close.run();
                    return null;
                },
                tasks);
    }
}
