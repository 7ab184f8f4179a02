package io.lightvessel.bench.load;

/** What kind of records a load consists of, and where OTLP wants them. */
public enum Telemetry {
    LOGS("logs", "logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "/v1/logs"),
    SPANS("spans", "traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/v1/traces"),
    METRICS("metrics", "metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "/v1/metrics");

    private final String label;
    private final String pipeline;
    private final String method;
    private final String path;

    Telemetry(String label, String pipeline, String method, String path) {
        this.label = label;
        this.pipeline = pipeline;
        this.method = method;
        this.path = path;
    }

    /** As on the command line and in reports. */
    public String label() {
        return label;
    }

    /** As in a config's pipelines. */
    public String pipeline() {
        return pipeline;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }
}
