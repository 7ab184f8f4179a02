package io.lightvessel.gateway.discovery.kubernetes;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.kubernetes.monitors.InvalidMonitorException;
import io.lightvessel.gateway.scrape.config.JobSource;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs that a prometheus receiver's section {@code kubernetes} stands for, those of monitors as they come and go. */
public final class KubernetesJobs implements JobSource {

    private final KubernetesApis apis;
    private final KubernetesSection section;
    private final JobTexts texts;
    private @Nullable Subscription subscription;

    /** @param receiver all settings of the receiver; the section is there */
    public KubernetesJobs(KubernetesApis apis, ComponentId id, Settings receiver) {
        this.apis = apis;
        section = KubernetesSection.of(receiver.section("kubernetes"));
        texts = new JobTexts(id, receiver);
    }

    @Override
    public synchronized void start(Listener listener) {
        KubernetesApis.Lease lease = apis.acquire(section.access());
        Subscription made = new Subscription(lease, listener);
        subscription = made;
        lease.execute(() -> made.run(section, texts));
    }

    @Override
    public synchronized void close() {
        Subscription had = subscription;
        subscription = null;
        if (had != null) {
            had.close();
        }
    }

    /** What became of each monitor. */
    public synchronized List<MonitorStatus> monitors() {
        return subscription == null ? List.of() : subscription.statuses();
    }

    private static final class Subscription implements MonitorWatch.Listener {
        private final KubernetesApis.Lease lease;
        private final Listener listener;
        private volatile @Nullable MonitorWatch watch;
        private @Nullable String told;
        private boolean closed;

        Subscription(KubernetesApis.Lease lease, Listener listener) {
            this.lease = lease;
            this.listener = listener;
        }

        void run(KubernetesSection section, JobTexts texts) {
            try {
                List<ScrapeConfig> fixed = SectionJobs.read(section, texts);
                if (!fixed.isEmpty()) {
                    changed(fixed, Set.of());
                }
            } catch (InvalidMonitorException e) {
                problem("kubernetes: " + e.getMessage());
                return;
            }
            if (section.serviceMonitors().enabled() || section.podMonitors().enabled()) {
                MonitorWatch made = new MonitorWatch(lease.api(), section, texts, this);
                watch = made;
                made.start();
            }
        }

        List<MonitorStatus> statuses() {
            MonitorWatch now = watch;
            return now == null ? List.of() : now.statuses();
        }

        @Override
        public synchronized void changed(List<ScrapeConfig> changed, Set<String> gone) {
            if (!closed) {
                listener.jobs(changed, gone);
            }
        }

        @Override
        public synchronized void problem(@Nullable String message) {
            if (!closed && !Objects.equals(message, told)) {
                told = message;
                listener.problem(message);
            }
        }

        void close() {
            synchronized (this) {
                closed = true;
            }
            lease.execute(() -> {
                MonitorWatch had = watch;
                if (had != null) {
                    had.close();
                }
                lease.release();
            });
        }
    }
}
