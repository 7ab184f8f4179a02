package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API servers this process asks, shared by all receivers. Costs nothing, not even a thread, until somebody asks for
 * targets; close it after them.
 */
public final class KubernetesApis implements AutoCloseable {

    private final Map<ApiAccess, Shared> shared = new HashMap<>();
    private @Nullable ScheduledExecutorService loop;
    private @Nullable ExecutorService tasks;

    private static final class Shared {
        private final KubernetesApi api;
        private int users;

        Shared(KubernetesApi api) {
            this.api = api;
        }
    }

    /** What a job's config asks for, not started yet. */
    public Discovery discovery(DiscoveryConfig.Kubernetes config) {
        return discovery(KubernetesSdConfig.of(config));
    }

    /** A discovery that is not started yet. */
    public Discovery discovery(KubernetesSdConfig config) {
        return new KubernetesDiscovery(this, config);
    }

    /** Runs on the loop with the server's API, to which the caller has a share until it releases it. */
    synchronized Lease acquire(ApiAccess access) {
        ScheduledExecutorService thread = loop();
        ExecutorService pool = tasks == null ? Executors.newVirtualThreadPerTaskExecutor() : tasks;
        tasks = pool;
        Shared of = shared.computeIfAbsent(access, key -> {
            KubernetesApi api = new KubernetesApi(key, thread, pool);
            thread.execute(api::connect);
            return new Shared(api);
        });
        of.users++;
        return new Lease(access, of.api, thread);
    }

    private ScheduledExecutorService loop() {
        if (loop == null) {
            loop = new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("kubernetes-discovery").factory(),
                    // What informers still have to say after the end is of no interest.
                    new ThreadPoolExecutor.DiscardPolicy());
            loop.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        }
        return loop;
    }

    private void tick() {
        KubernetesApi[] apis;
        synchronized (this) {
            apis = shared.values().stream().map(of -> of.api).toArray(KubernetesApi[]::new);
        }
        for (KubernetesApi api : apis) {
            api.tick();
        }
    }

    private synchronized void release(ApiAccess access) {
        Shared of = shared.get(access);
        if (of != null && --of.users == 0) {
            shared.remove(access);
            if (loop != null) {
                loop.execute(of.api::close);
            }
        }
    }

    /** Ends the thread; connections are closed in the background, since servers take their time to agree. */
    @Override
    public synchronized void close() {
        if (loop != null) {
            for (Shared of : shared.values()) {
                loop.execute(of.api::close);
            }
            shared.clear();
            loop.shutdown();
        }
    }

    /** A share of an API. */
    final class Lease {
        private final ApiAccess access;
        private final KubernetesApi api;
        private final ScheduledExecutorService thread;

        private Lease(ApiAccess access, KubernetesApi api, ScheduledExecutorService thread) {
            this.access = access;
            this.api = api;
            this.thread = thread;
        }

        KubernetesApi api() {
            return api;
        }

        /** Runs a task on the loop; does nothing when all is closed. */
        void execute(Runnable task) {
            thread.execute(task);
        }

        void release() {
            KubernetesApis.this.release(access);
        }
    }
}
