package io.lightvessel.gateway.pprof;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.cluster.ClusterExtension;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.SoleOwner;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes {@code pprof} receivers. */
public final class PprofReceiverFactory implements ReceiverFactory {
    private final Transport transport;
    private final Discoveries discoveries;
    private final Ownership unshared;

    public PprofReceiverFactory(Transport transport, Discoveries discoveries) {
        this(transport, discoveries, new SoleOwner());
    }

    /** @param unshared who decides for receivers that share with nobody */
    PprofReceiverFactory(Transport transport, Discoveries discoveries, Ownership unshared) {
        this.transport = transport;
        this.discoveries = discoveries;
        this.unshared = unshared;
    }

    @Override
    public String type() {
        return "pprof";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        try {
            Ownership ownership = settings.has("clustering")
                    ? context.extension(ComponentId.parse(settings.string("clustering")), ClusterExtension.class)
                            .ownership()
                    : unshared;
            Worker worker = new Worker(context.id().toString());
            Outlet outlet = context.outlet(Signal.PROFILES, "http");
            List<RunningJob> jobs = new ArrayList<>();
            for (Settings section : settings.sections("scrape_configs")) {
                PprofJob job = PprofJob.of(context.id(), section);
                jobs.add(new RunningJob(
                        job,
                        context,
                        transport,
                        HttpOptions.of(job.http(), context.timer()),
                        discoveries.open(job.discoveries(), context.timer(), context.budget()),
                        worker,
                        outlet));
            }
            JobHealth health = new JobHealth(context.health(), context.timer(), worker::execute, jobs);
            return new Ready(new PprofReceiver(jobs, ownership, worker, health), previous);
        } catch (ComponentFailure | IllegalArgumentException e) {
            throw new ComponentFailure("receiver " + context.id() + ": " + e.getMessage(), e);
        }
    }

    private record Ready(PprofReceiver receiver, @Nullable Receiver previous) implements Prepared<Receiver> {
        @Override
        public Receiver component() {
            return receiver;
        }

        @Override
        public void commit() {
            receiver.start(previous instanceof PprofReceiver former ? former : null);
        }

        @Override
        public void abort() {
            receiver.abort();
        }
    }
}
