package io.lightvessel.config.schema;

import io.lightvessel.config.ComponentSchema;
import java.util.List;

/** The list of all components; a new one is a file of its own and a line here. */
public final class Components {

    public static final List<ComponentSchema> ALL = List.of(
            // Receivers
            Ebpf.SCHEMA,
            Filelog.SCHEMA,
            Jaeger.SCHEMA,
            OtlpReceiver.SCHEMA,
            PodLogs.SCHEMA,
            PprofReceiver.SCHEMA,
            PrometheusReceiver.SCHEMA,
            Zipkin.SCHEMA,
            // Processors
            Attributes.SCHEMA,
            Batch.SCHEMA,
            Filter.SCHEMA,
            MemoryLimiter.SCHEMA,
            ProbabilisticSampler.SCHEMA,
            Resource.SCHEMA,
            Transform.SCHEMA,
            // Exporters
            DebugExporter.SCHEMA,
            FileExporter.SCHEMA,
            Loki.SCHEMA,
            OtlpExporter.SCHEMA,
            OtlpHttpExporter.SCHEMA,
            PrometheusRemoteWrite.SCHEMA,
            Pyroscope.SCHEMA,
            // Extensions
            BasicAuth.SCHEMA,
            BearerTokenAuth.SCHEMA,
            Cluster.SCHEMA,
            FileStorage.SCHEMA,
            HeadersSetter.SCHEMA,
            HealthCheck.SCHEMA);

    private Components() {}
}
