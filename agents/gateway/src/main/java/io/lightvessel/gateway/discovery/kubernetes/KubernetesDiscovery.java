package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.gateway.discovery.Discovery;
import io.lightvessel.gateway.discovery.TargetGroup;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One element of {@code kubernetes_sd_configs} at work: a subscription to a view that others may share. */
final class KubernetesDiscovery implements Discovery {

    private final KubernetesApis apis;
    private final KubernetesSdConfig config;
    private @Nullable Subscription subscription;

    KubernetesDiscovery(KubernetesApis apis, KubernetesSdConfig config) {
        this.apis = apis;
        this.config = config;
    }

    @Override
    public synchronized void start(Listener listener) {
        KubernetesApis.Lease lease = apis.acquire(config.access());
        Subscription made = new Subscription(lease, listener);
        subscription = made;
        lease.execute(() -> lease.api().subscribe(config, made));
    }

    @Override
    public synchronized void close() {
        Subscription had = subscription;
        subscription = null;
        if (had != null) {
            had.close();
            had.lease.execute(() -> {
                had.lease.api().unsubscribe(config, had);
                had.lease.release();
            });
        }
    }

    private static final class Subscription implements TargetView.Subscriber {
        private final KubernetesApis.Lease lease;
        private final Listener listener;
        private @Nullable String told;
        private boolean closed;

        Subscription(KubernetesApis.Lease lease, Listener listener) {
            this.lease = lease;
            this.listener = listener;
        }

        @Override
        public synchronized void changed(List<TargetGroup> groups) {
            if (!closed && !groups.isEmpty()) {
                listener.changed(groups);
            }
        }

        @Override
        public synchronized void problem(@Nullable String message) {
            if (!closed && !Objects.equals(message, told)) {
                told = message;
                listener.problem(message);
            }
        }

        synchronized void close() {
            closed = true;
        }
    }
}
