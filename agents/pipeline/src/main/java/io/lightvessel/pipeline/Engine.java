package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.processor.BuiltInProcessors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a config: connects its components to a graph, replaces the graph when the config changes without losing what is
 * under way, and keeps the books of everything that passes.
 */
public interface Engine extends AutoCloseable {

    static Engine create(EngineOptions options, ComponentFactories factories) {
        List<ProcessorFactory> processors = new ArrayList<>(BuiltInProcessors.all());
        processors.addAll(factories.processors());
        EngineTimer timer = new EngineTimer();
        return new GraphEngine(
                options,
                new ComponentFactories(
                        factories.receivers(),
                        processors,
                        factories.exporters(),
                        factories.extensions(),
                        factories.converters()),
                timer,
                timer::close);
    }

    /**
     * Makes a config the running one, or leaves everything as it is and says why. The first config is applied as far
     * as it goes: pipelines with a component that cannot start are left out and named. Blocks until the new graph is
     * in charge; what is replaced finishes in the background.
     */
    ApplyOutcome apply(PipelineConfig config);

    /** The health of every pipeline and component; the root stands for the agent. */
    ComponentHealth health();

    /** Calls back, on a thread of the engine, after health has changed. */
    void onHealthChange(Runnable listener);

    FlowSnapshot flow();

    /**
     * Shows the watcher what is offered from one component of a pipeline to the next, named as in {@link
     * FlowSnapshot.Edge}; empty when there is no such edge.
     */
    Optional<EdgeWatch> watch(PipelineId pipeline, String from, String to, EdgeWatcher watcher);

    MetricsWriter metrics();

    ByteBudget budget();

    /** The receivers in charge that fetch from targets. */
    Map<ComponentId, TargetSource> targetSources();

    /** The receivers in charge that profile processes. */
    Map<ComponentId, ProfileSource> profileSources();

    /** How this process sees the replicas it shares targets with; empty when it shares none. */
    Optional<ClusterMember.Status> clusterStatus();

    /** Where receivers listen, by protocol. */
    Map<ComponentId, Map<String, String>> endpoints();

    /**
     * Stops receivers, passes on what processors hold, drains queues for as long as the options' grace, and counts what
     * is left as dropped. Doing so again is harmless.
     */
    @Override
    void close();
}
