package io.lightvessel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The suite against our own receiver, with every signal connected. */
class ReceiverIT {
    private static final String CONFIG = """
            receivers:
              otlp:
                protocols:
                  grpc: {endpoint: "127.0.0.1:0", max_recv_msg_size_mib: 1}
                  http: {endpoint: "127.0.0.1:0", max_request_body_size: 1048576}
            exporters:
              debug: {}
            service:
              pipelines:
                traces: {receivers: [otlp], exporters: [debug]}
                metrics: {receivers: [otlp], exporters: [debug]}
                logs: {receivers: [otlp], exporters: [debug]}
                profiles: {receivers: [otlp], exporters: [debug]}
            """;

    @Test
    void ownReceiverFailsNothingThatItMustOrShould() {
        try (GatewayComponents components = GatewayComponents.create();
                Engine engine = Engine.create(EngineOptions.defaults("1.0", "test"), components.factories())) {
            if (!(ConfigParser.parse(CONFIG, Environment.of(Map.of())) instanceof ParseOutcome.Valid valid)) {
                throw new AssertionError("the config is not valid");
            }
            assertThat(engine.apply(valid.config())).isInstanceOf(ApplyOutcome.Applied.class);
            Map<String, String> endpoints = engine.endpoints().get(ComponentId.of("otlp"));

            Run run = Run.of("http://" + endpoints.get("http"), "grpc://" + endpoints.get("grpc"));

            assertThat(run.cases("MUST", "fail")).isEmpty();
            assertThat(run.cases("SHOULD", "fail")).isEmpty();
            assertThat(run.cases("MAY", "fail")).isEmpty();
            assertThat(run.exit()).isZero();
            // Only what a receiver that is never busy cannot show; a limit that nothing ran into would be skipped too.
            assertThat(run.lines().lines().filter(line -> line.contains(" skip ")))
                    .allMatch(line -> line.contains(" backpressure."));
            assertThat(run.cases("MUST", "pass")).hasSizeGreaterThan(100);
        }
    }
}
