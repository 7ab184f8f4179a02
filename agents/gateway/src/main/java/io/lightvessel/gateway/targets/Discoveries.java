package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.discovery.DnsDiscovery;
import io.lightvessel.gateway.discovery.FileDiscovery;
import io.lightvessel.gateway.discovery.HttpDiscovery;
import io.lightvessel.gateway.discovery.JndiDns;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.gateway.discovery.kubernetes.KubernetesApis;
import io.lightvessel.gateway.discovery.kubernetes.KubernetesSdConfig;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Makes the discoveries that jobs ask for; all receivers share it. Close it after them. */
public final class Discoveries implements AutoCloseable {

    /** For what may block: files and names. */
    private static final Executor BLOCKING = Thread::startVirtualThread;

    private final Transport transport;
    private final KubernetesApis kubernetes = new KubernetesApis();

    public Discoveries(Transport transport) {
        this.transport = transport;
    }

    /** The API servers that are asked, for jobs that come from there too. */
    public KubernetesApis kubernetes() {
        return kubernetes;
    }

    /** Not started yet, and nothing to be closed before. */
    public List<NamedDiscovery> open(List<DiscoveryConfig> configs, Timer timer, ByteBudget budget)
            throws ComponentFailure {
        List<NamedDiscovery> discoveries = new ArrayList<>();
        for (DiscoveryConfig config : configs) {
            try {
                discoveries.add(new NamedDiscovery(config.name(), open(config, timer, budget)));
            } catch (ComponentFailure e) {
                throw new ComponentFailure(config.name() + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(discoveries);
    }

    private Discovery open(DiscoveryConfig config, Timer timer, ByteBudget budget) throws ComponentFailure {
        return switch (config) {
            case DiscoveryConfig.Static written -> new StaticDiscovery(written.groups());
            case DiscoveryConfig.File file ->
                new FileDiscovery(file.patterns(), file.refreshInterval(), timer, BLOCKING);
            case DiscoveryConfig.Http http ->
                new HttpDiscovery(
                        http.url(),
                        http.refreshInterval(),
                        new TargetClient(transport, timer, budget, HttpOptions.of(http.client(), timer)),
                        timer,
                        BLOCKING);
            case DiscoveryConfig.Dns dns -> new DnsDiscovery(dns, JndiDns.ofSystem(), timer, BLOCKING);
            case DiscoveryConfig.Kubernetes objects -> kubernetes.discovery(KubernetesSdConfig.of(objects));
        };
    }

    @Override
    public void close() {
        kubernetes.close();
    }
}
