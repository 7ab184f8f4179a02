package io.lightvessel.agent.debug;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.PipelineId;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.EdgeWatch;
import io.lightvessel.pipeline.EdgeWatcher;
import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.pipeline.MetricsWriter;
import io.lightvessel.pipeline.ProfileSource;
import io.lightvessel.pipeline.TargetSource;
import java.util.Map;
import java.util.Optional;

/** What the debug UI may know of the engine: all of it is reading. */
public interface Insight {

    /** The config in force; empty before the first one. */
    Optional<PipelineConfig> runningConfig();

    ComponentHealth healthTree();

    FlowSnapshot flowSnapshot();

    ByteBudget budget();

    /** Where receivers listen, by protocol. */
    Map<ComponentId, Map<String, String>> endpoints();

    MetricsWriter metrics();

    /** See {@link io.lightvessel.pipeline.Engine#targetSources}. */
    Map<ComponentId, TargetSource> targetSources();

    /** See {@link io.lightvessel.pipeline.Engine#profileSources}. */
    Map<ComponentId, ProfileSource> profileSources();

    /** See {@link io.lightvessel.pipeline.Engine#clusterStatus}. */
    Optional<ClusterMember.Status> clusterStatus();

    /** See {@link io.lightvessel.pipeline.Engine#watch}. */
    Optional<EdgeWatch> watch(PipelineId pipeline, String from, String to, EdgeWatcher watcher);
}
