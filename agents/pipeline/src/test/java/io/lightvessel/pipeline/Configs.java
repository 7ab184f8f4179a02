package io.lightvessel.pipeline;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import java.util.Map;

/** Configs for tests, by way of the real parser. */
public final class Configs {

    private Configs() {}

    public static PipelineConfig parse(String text) {
        return switch (ConfigParser.parse(text, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid -> valid.config();
            case ParseOutcome.Invalid invalid -> throw new AssertionError(invalid.findings());
        };
    }

    /** One receiver, one exporter without queue, and what lies between them. */
    public static PipelineConfig direct(String signal, String processors, String order) {
        return parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors: { %s }
                exporters: { debug: }
                service:
                  pipelines:
                    %s: { receivers: [otlp], processors: [%s], exporters: [debug] }
                """.formatted(processors, signal, order));
    }

    /** Logs from otlp through a batch to otlp/a, with the exporter's settings given. */
    public static PipelineConfig logsTo(String exporterSettings) {
        return parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                exporters: { otlp/a: { endpoint: "a:4317", %s } }
                service: { pipelines: { logs: { receivers: [otlp], exporters: [otlp/a] } } }
                """.formatted(exporterSettings));
    }
}
