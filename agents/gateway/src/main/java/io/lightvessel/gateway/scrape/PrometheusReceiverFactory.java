package io.lightvessel.gateway.scrape;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.cluster.ClusterExtension;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.SoleOwner;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.kubernetes.KubernetesJobs;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes prometheus receivers. */
public final class PrometheusReceiverFactory implements ReceiverFactory {
    private final Transport transport;
    private final Discoveries discoveries;
    private final ScrapeWorkers workers =
            new ScrapeWorkers(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));

    public PrometheusReceiverFactory(Transport transport, Discoveries discoveries) {
        this.transport = transport;
        this.discoveries = discoveries;
    }

    @Override
    public String type() {
        return "prometheus";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        ReceiverConfig config = ReceiverConfig.of(context.id(), settings);
        Ownership ownership = config.clustering().isPresent()
                ? context.extension(config.clustering().get(), ClusterExtension.class)
                        .ownership()
                : new SoleOwner();
        List<PreparedReceiver.Job> jobs = new ArrayList<>();
        for (ScrapeConfig job : config.jobs()) {
            JobSettings made = job(job, config.externalLabels(), context);
            jobs.add(new PreparedReceiver.Job(made, discoveries(job, context)));
        }
        ScrapeMeans means = new ScrapeMeans(
                transport,
                workers,
                context.timer(),
                context.budget(),
                context.outlet(Signal.METRICS, "http"),
                new ScrapeMetrics(context.metrics()));
        PrometheusReceiver receiver =
                new PrometheusReceiver(context.id().toString(), context.timer(), context.health());
        gauges(context, receiver);
        return new PreparedReceiver(
                receiver,
                jobs,
                means,
                new PreparedReceiver.Agreement(config.clustering(), ownership, seed(config.offsetSeed())),
                previous instanceof PrometheusReceiver running ? running : null,
                config.kubernetes().isEmpty()
                        ? null
                        : (made, with, agreement) -> cluster(context, settings, config, made, with, agreement));
    }

    private ClusterJobs cluster(
            ReceiverContext context,
            Settings settings,
            ReceiverConfig config,
            PrometheusReceiver receiver,
            ScrapeMeans means,
            PreparedReceiver.Agreement agreement) {
        ClusterJobs.Maker maker = new ClusterJobs.Maker() {
            @Override
            public PreparedReceiver.Job prepare(ScrapeConfig job) throws ComponentFailure {
                return new PreparedReceiver.Job(job(job, config.externalLabels(), context), discoveries(job, context));
            }

            @Override
            public ScrapeJob make(PreparedReceiver.Job job) {
                return new ScrapeJob(job.settings(), job.discoveries(), means, agreement.ownership(), agreement.seed());
            }
        };
        return new ClusterJobs(
                new KubernetesJobs(discoveries.kubernetes(), context.id(), settings),
                maker,
                receiver.jobs(),
                context.timer());
    }

    private List<NamedDiscovery> discoveries(ScrapeConfig job, ReceiverContext context) throws ComponentFailure {
        try {
            return discoveries.open(job.discoveries(), context.timer(), context.budget());
        } catch (ComponentFailure e) {
            throw new ComponentFailure("job " + job.jobName() + ": " + e.getMessage(), e);
        }
    }

    private static JobSettings job(ScrapeConfig job, Map<String, String> external, ReceiverContext context)
            throws ComponentFailure {
        try {
            return new JobSettings(job, external, context.timer());
        } catch (ComponentFailure | IllegalArgumentException e) {
            throw new ComponentFailure("job " + job.jobName() + ": " + e.getMessage(), e);
        }
    }

    private static void gauges(ReceiverContext context, PrometheusReceiver receiver) {
        context.metrics().gauge("lightvessel_scrape_targets", "Targets that this replica scrapes.", Map.of(), () ->
                (double) receiver.loops());
        context.metrics()
                .gauge("lightvessel_scrape_series", "Series that are known from the scrapes before.", Map.of(), () ->
                        (double) receiver.cachedSeries());
    }

    /** The same on every replica with the same text, whatever the host. */
    private static long seed(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
