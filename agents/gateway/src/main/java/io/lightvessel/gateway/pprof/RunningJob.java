package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.format.DeltaState;
import io.lightvessel.gateway.relabel.LabelSet;
import io.lightvessel.gateway.scrape.TargetReport;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.gateway.targets.PoolSnapshot;
import io.lightvessel.gateway.targets.Target;
import io.lightvessel.gateway.targets.TargetPool;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.Timer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job at work: its targets, its share of them, and what its loops need. */
final class RunningJob implements PullContext {
    private static final Map<String, String> HEADERS = Map.of("User-Agent", "lightvessel-agent", "Accept", "*/*");

    private final PprofJob job;
    private final ReceiverContext context;
    private final Transport transport;
    private final HttpOptions http;
    private final Worker worker;
    private final Outlet outlet;
    private final PullCounters counters;
    private final TargetPool targets;
    private final PprofPool pool;
    private volatile Ownership.@Nullable Share share;

    RunningJob(
            PprofJob job,
            ReceiverContext context,
            Transport transport,
            HttpOptions http,
            List<NamedDiscovery> discoveries,
            Worker worker,
            Outlet outlet) {
        this.job = job;
        this.context = context;
        this.transport = transport;
        this.http = http;
        this.worker = worker;
        this.outlet = outlet;
        this.counters = new PullCounters(context.metrics(), job.targets().job());
        this.targets = new TargetPool(job.targets(), discoveries, context.timer(), worker::execute);
        this.pool = new PprofPool(target -> ProfileTarget.of(job, target), this::loop);
    }

    private PullLoop loop(ProfileTarget target, PullState state, @Nullable Handover handover) {
        return new PullLoop(target, this, state, handover);
    }

    String name() {
        return job.targets().pool();
    }

    void inherit(Map<TargetKey, PullState> states) {
        pool.inherit(states);
    }

    void start(Ownership ownership) {
        Map<String, String> labels = Map.of("job", job.targets().job());
        context.metrics().gauge("lightvessel_pprof_targets", "Profiles known, whoever pulls them", labels, pool::size);
        context.metrics()
                .gauge(
                        "lightvessel_pprof_owned",
                        "Profiles that are pulled here",
                        labels,
                        () -> pool.running().size());
        context.metrics()
                .gauge("lightvessel_pprof_state_bytes", "What is kept to make differences", labels, this::stateBytes);
        Ownership.Share joined = ownership.join(job.targets().pool(), pool);
        share = joined;
        targets.start(pool.perProfile(joined), pool);
    }

    private double stateBytes() {
        long sum = 0;
        for (PullLoop loop : pool.running()) {
            DeltaState last = loop.state().last();
            sum += last == null ? 0 : last.bytes().length;
        }
        return sum;
    }

    /** Gives away what others can have, stops the rest, and says what is known of that; may block. */
    Map<TargetKey, PullState> stop() {
        targets.close();
        Ownership.Share joined = share;
        if (joined != null) {
            joined.close();
        }
        return pool.stop();
    }

    @Override
    public PprofJob job() {
        return job;
    }

    @Override
    public Timer timer() {
        return context.timer();
    }

    @Override
    public TargetClient client() {
        return new TargetClient(transport, context.timer(), context.budget(), http);
    }

    @Override
    public Map<String, String> headers() {
        return HEADERS;
    }

    @Override
    public boolean mayPull(TargetKey key) {
        Ownership.Share joined = share;
        return joined != null && outlet.isConnected() && targets.failure().isEmpty() && joined.holds(key);
    }

    @Override
    public boolean work(Runnable task) {
        return worker.execute(task);
    }

    @Override
    public ProfileReader reader() {
        return worker.reader();
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public PullCounters counters() {
        return counters;
    }

    @Override
    public void cost(TargetKey key, int bytes) {
        Ownership.Share joined = share;
        if (joined != null) {
            joined.cost(key, Math.max(1, bytes / 100));
        }
    }

    /** How the profiles that are pulled here fare. */
    List<PullLoop> loops() {
        return pool.running();
    }

    /** What keeps targets from being seen or pulled at all. */
    List<String> problems() {
        return targets.snapshot().problems();
    }

    /** How each profile of each target is doing. */
    List<TargetSnapshot> report() {
        PoolSnapshot found = targets.snapshot();
        TargetReport report = new TargetReport(job.targets().job(), share);
        for (PoolSnapshot.Active active : found.active()) {
            Target target = active.target();
            List<ProfileTarget> profiles = ProfileTarget.of(job, target);
            for (ProfileTarget profile : profiles) {
                report(report, profile, active.discovered(), found.failure().orElse(null));
            }
            if (profiles.isEmpty()) {
                report.dropped(
                        target.key().hash(),
                        target.url(),
                        target.labels().asMap(),
                        active.discovered(),
                        ProfileTarget.nothing(target));
            }
        }
        report.dropped(found.dropped());
        return report.all();
    }

    private void report(TargetReport report, ProfileTarget profile, LabelSet discovered, @Nullable String failure) {
        PullLoop loop = pool.running(profile.key());
        if (failure != null) {
            report.dropped(profile.key().hash(), profile.url(), profile.labels(), discovered, failure);
        } else {
            report.target(
                    profile.key(), profile.url(), profile.labels(), discovered, loop == null ? null : loop.work());
        }
    }
}
