package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.kubernetes.monitors.Monitor;
import io.lightvessel.gateway.discovery.kubernetes.monitors.MonitorOptions;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the monitors in a cluster and what they refer to. Everything happens on the loop. */
final class MonitorWatch {

    private static final int REFRESH_SECONDS = 60;

    private final KubernetesApi api;
    private final KubernetesSection section;
    private final Listener listener;
    private final ReferencedObjects references;
    private final MonitorJobs jobs;
    private final List<ScopedObjects<Monitor>> scopes = new ArrayList<>();
    private final List<ScopedObjects<?>> pinned = new ArrayList<>();
    private final Runnable onState = this::tell;
    private final Map<String, ScrapeConfig> changed = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private volatile List<MonitorStatus> statuses = List.of();
    private boolean flushing;
    private boolean retranslating;
    private boolean closed;

    /** Hears of jobs and problems, on the loop. */
    interface Listener {

        void changed(List<ScrapeConfig> changed, Set<String> gone);

        void problem(@Nullable String message);
    }

    MonitorWatch(KubernetesApi api, KubernetesSection section, JobTexts texts, Listener listener) {
        this.api = api;
        this.section = section;
        this.listener = listener;
        references = new ReferencedObjects(api, api.loop(), api.tasks(), this::referencesChanged);
        jobs = new MonitorJobs(texts, references);
    }

    void start() {
        api.listen(onState);
        follow(section.serviceMonitors(), MonitorKinds.SERVICE_MONITORS);
        follow(section.podMonitors(), MonitorKinds.POD_MONITORS);
        api.later(this::refresh, REFRESH_SECONDS);
        tell();
    }

    private void follow(KubernetesSection.Monitors wanted, ResourceKind<?, Monitor> kind) {
        if (!wanted.enabled()) {
            return;
        }
        if (wanted.namespaces().isEmpty()) {
            pin(wanted, kind);
        }
        List<WatchedObjects<Monitor>> watches = new ArrayList<>();
        if (wanted.namespaces().isEmpty()) {
            watches.add(api.watched(new WatchKey<>(kind, null, wanted.selector(), "")));
        }
        for (String namespace : wanted.namespaces()) {
            watches.add(api.watched(new WatchKey<>(kind, namespace, wanted.selector(), "")));
        }
        ScopedObjects<Monitor> scope = new ScopedObjects<>(watches, Set.of());
        scopes.add(scope);
        scope.listen(
                (_, before, now) -> {
                    if (now != null) {
                        add(jobs.put(now, options(now)));
                    } else if (before != null) {
                        add(jobs.remove(before.id()));
                    }
                },
                onState);
    }

    /**
     * Monitors everywhere have targets everywhere. One watch of all namespaces then serves all jobs, where each job
     * would otherwise have watches of its own namespaces.
     */
    private void pin(KubernetesSection.Monitors wanted, ResourceKind<?, Monitor> kind) {
        pin(ResourceKind.PODS);
        if (kind.equals(MonitorKinds.SERVICE_MONITORS)) {
            pin(ResourceKind.SERVICES);
            pin(wanted.endpointSlices() ? ResourceKind.ENDPOINT_SLICES : ResourceKind.ENDPOINTS);
        }
    }

    private <F> void pin(ResourceKind<?, F> kind) {
        ScopedObjects<F> all = new ScopedObjects<>(List.of(api.watched(WatchKey.everything(kind))), Set.of());
        pinned.add(all);
        all.listen((_, _, _) -> {}, () -> {});
    }

    private MonitorOptions options(Monitor monitor) {
        KubernetesSection.Monitors wanted =
                monitor.kind() == Monitor.Kind.SERVICE ? section.serviceMonitors() : section.podMonitors();
        Map<String, Object> discovery = new HashMap<>();
        section.access().server().ifPresent(url -> discovery.put("api_server", url));
        section.access().kubeconfigFile().ifPresent(file -> discovery.put("kubeconfig_file", file));
        return new MonitorOptions(wanted.endpointSlices(), wanted.fileReferences(), discovery);
    }

    private void referencesChanged() {
        if (!retranslating) {
            retranslating = true;
            api.soon(() -> {
                retranslating = false;
                retranslate();
            });
        }
    }

    private void retranslate() {
        for (Monitor monitor : jobs.all()) {
            add(jobs.put(monitor, options(monitor)));
        }
    }

    private void refresh() {
        if (!closed) {
            references.refresh();
            api.later(this::refresh, REFRESH_SECONDS);
        }
    }

    private void add(MonitorJobs.Change change) {
        for (ScrapeConfig job : change.changed()) {
            changed.put(job.jobName(), job);
            gone.remove(job.jobName());
        }
        for (String name : change.gone()) {
            changed.remove(name);
            gone.add(name);
        }
        if (!flushing) {
            flushing = true;
            api.soon(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (closed) {
            return;
        }
        statuses = jobs.statuses();
        if (!changed.isEmpty() || !gone.isEmpty()) {
            List<ScrapeConfig> now = List.copyOf(changed.values());
            Set<String> names = Set.copyOf(gone);
            changed.clear();
            gone.clear();
            listener.changed(now, names);
        }
        tell();
    }

    private void tell() {
        Problems problems = new Problems();
        problems.add(api.problem());
        scopes.forEach(scope -> scope.problems(problems));
        jobs.problems().forEach(problems::add);
        listener.problem(problems.text());
    }

    List<MonitorStatus> statuses() {
        return statuses;
    }

    void close() {
        closed = true;
        api.unlisten(onState);
        scopes.forEach(scope -> scope.close(api::unused));
        pinned.forEach(all -> all.close(api::unused));
    }
}
