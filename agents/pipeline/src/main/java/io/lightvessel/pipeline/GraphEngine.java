package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: one graph in charge, one change at a time, and books that outlive both. */
final class GraphEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(GraphEngine.class);
    private static final Duration LEDGER_INTERVAL = Duration.ofSeconds(5);

    private final EngineOptions options;
    private final ComponentFactories factories;
    private final Timer timer;
    private final Runnable closeTimer;
    private final ExecutorService workers;
    private final Means means;
    private final GraphSlot slot = new GraphSlot();
    private final LedgerWatch ledgerWatch;
    private final EngineMetrics metrics;
    private final List<Runnable> healthListeners = new CopyOnWriteArrayList<>();
    private final List<Retirement> retirements = new CopyOnWriteArrayList<>();
    private final List<Thread> retiring = new CopyOnWriteArrayList<>();
    private final AtomicBoolean healthCallPending = new AtomicBoolean();
    private volatile Running running;
    private volatile boolean closed;

    GraphEngine(EngineOptions options, ComponentFactories factories, Timer timer, Runnable closeTimer) {
        this.options = options;
        this.factories = factories;
        this.timer = timer;
        this.closeTimer = closeTimer;
        this.running = Running.nothing(timer.now());
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
        this.workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("lightvessel-export-", 1).factory());
        this.means = new Means(
                options,
                timer,
                workers,
                RandomGenerator.getDefault(),
                new Books(timer.now()),
                new OwnMetrics(),
                new ByteBudget(options.budgetBytes()),
                new FormConverters(factories.converters()),
                this::healthChanged,
                this::health);
        this.ledgerWatch = new LedgerWatch(timer, this::healthChanged);
        this.metrics = new EngineMetrics(means, () -> running, () -> reader().allLedgers());
        watchLedgers();
    }

    private void watchLedgers() {
        timer.schedule(LEDGER_INTERVAL, () -> {
            ledgerWatch.look(() -> reader().ledgers());
            if (!closed) {
                watchLedgers();
            }
        });
    }

    @Override
    public synchronized ApplyOutcome apply(PipelineConfig config) {
        if (closed) {
            return new ApplyOutcome.Refused("the engine is closed", List.of());
        }
        Assembly assembly = new Assembly(means, factories, slot, running, config);
        assembly.prepare();
        boolean first = running.graph().pipelines().isEmpty();
        if (assembly.hasFailures() && !(first && assembly.hasPipelines())) {
            ApplyOutcome.Refused refusal = assembly.refusal();
            assembly.abort();
            LOG.warn("config refused: {}", refusal.reason());
            return refusal;
        }
        Assembly.Committed committed = assembly.commit();
        retirements.add(committed.retirement());
        running = committed.running();
        means.budget().changeCapacity(budgetFor(config));
        // Within this call: the next change may remove exporters that these pipelines still pass on to, and may need
        // the ports and files of these receivers.
        committed.retirement().stopPipelines(options.grace());
        committed.retirement().stopReceivers(options.grace());
        retiring.removeIf(thread -> !thread.isAlive());
        retiring.add(Thread.ofVirtual().name("lightvessel-retire").start(() -> finish(committed.retirement())));
        healthChanged();
        LOG.info(
                "config applied: {} pipelines run, {} are broken",
                running.graph().pipelines().size(),
                assembly.broken().size());
        assembly.broken()
                .forEach(broken -> LOG.error(
                        "pipeline {} does not run: {}: {}", broken.pipeline(), broken.component(), broken.reason()));
        return new ApplyOutcome.Applied(assembly.broken());
    }

    private void finish(Retirement retirement) {
        retirement.stopExporters(options.grace());
        retirement.stopExtensions(options.grace());
        retirements.remove(retirement);
    }

    /** The lowest limit of the memory limiters in use, for a body should be refused before it is read. */
    private long budgetFor(PipelineConfig config) {
        long budget = options.budgetBytes();
        for (ComponentConfig processor : config.processors().values()) {
            boolean used = config.pipelines().stream()
                    .anyMatch(pipeline -> pipeline.processors().contains(processor.id()));
            if (used && processor.id().type().equals(MemoryLimits.COMPONENT_TYPE)) {
                budget = Math.min(budget, MemoryLimits.of(processor.settings()).limit());
            }
        }
        return budget;
    }

    private void healthChanged() {
        if (!healthListeners.isEmpty() && healthCallPending.compareAndSet(false, true)) {
            timer.schedule(Duration.ZERO, () -> {
                healthCallPending.set(false);
                for (Runnable listener : healthListeners) {
                    Stopping.run("health listener", listener);
                }
            });
        }
    }

    @Override
    public ComponentHealth health() {
        return HealthTree.of(running, ledgerWatch, means.books().kept());
    }

    @Override
    public void onHealthChange(Runnable listener) {
        healthListeners.add(listener);
    }

    @Override
    public FlowSnapshot flow() {
        return reader().snapshot(timer.now());
    }

    @Override
    public Optional<EdgeWatch> watch(PipelineId pipeline, String from, String to, EdgeWatcher watcher) {
        return means.books().knownEdge(new Books.EdgeKey(pipeline, from, to)).map(edge -> edge.watch(inOtlp(watcher)));
    }

    /** Watchers read OTLP. */
    private EdgeWatcher inOtlp(EdgeWatcher watcher) {
        return payload -> {
            if (payload.form() == PayloadForm.OTLP) {
                watcher.offered(payload);
                return;
            }
            Payload converted;
            try {
                converted = means.converters().convert(payload);
            } catch (FormConverters.Impossible e) {
                // Whoever has to deliver it reports that; there is nothing to show.
                return;
            }
            try {
                watcher.offered(converted);
            } finally {
                converted.release();
            }
        };
    }

    private FlowReader reader() {
        return new FlowReader(means.books(), running, retirements);
    }

    @Override
    public MetricsWriter metrics() {
        return metrics;
    }

    @Override
    public ByteBudget budget() {
        return means.budget();
    }

    @Override
    public Map<ComponentId, Map<String, String>> endpoints() {
        Map<ComponentId, Map<String, String>> endpoints = new HashMap<>();
        running.receivers().forEach((id, node) -> {
            Map<String, String> listening = node.receiver().endpoints();
            if (!listening.isEmpty()) {
                endpoints.put(id, listening);
            }
        });
        return endpoints;
    }

    @Override
    public Map<ComponentId, TargetSource> targetSources() {
        Map<ComponentId, TargetSource> sources = new TreeMap<>();
        running.receivers().forEach((id, node) -> {
            if (node.receiver() instanceof TargetSource source) {
                sources.put(id, source);
            }
        });
        return sources;
    }

    @Override
    public Map<ComponentId, ProfileSource> profileSources() {
        Map<ComponentId, ProfileSource> sources = new TreeMap<>();
        running.receivers().forEach((id, node) -> {
            if (node.receiver() instanceof ProfileSource source) {
                sources.put(id, source);
            }
        });
        return sources;
    }

    @Override
    public Optional<ClusterMember.Status> clusterStatus() {
        return running.extensions().values().stream()
                .map(ExtensionNode::extension)
                .filter(ClusterMember.class::isInstance)
                .map(extension -> ((ClusterMember) extension).clusterStatus())
                .findFirst();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Running last = running;
        Map<ReceiverNode, List<ReceiverNode>> receivers = new HashMap<>();
        last.receivers().values().forEach(node -> receivers.put(node, List.of()));
        Map<ExtensionNode, List<ExtensionNode>> extensions = new HashMap<>();
        last.extensions().values().forEach(node -> extensions.put(node, List.of()));
        Retirement everything = new Retirement(
                last.graph(),
                receivers,
                last.graph().pipelines(),
                List.copyOf(last.exporters().values()),
                Map.of(),
                extensions);
        everything.stopReceivers(options.grace());
        slot.replace(Graph.EMPTY);
        everything.stopPipelines(options.grace());
        everything.stopExporters(options.grace());
        for (Thread thread : retiring) {
            try {
                thread.join(options.grace());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        everything.stopExtensions(options.grace());
        workers.shutdown();
        closeTimer.run();
    }
}
