package io.lightvessel.gateway.testing;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import java.util.List;
import java.util.Map;

/** The real engine with this module's components, running a config. */
public final class Engines implements AutoCloseable {
    private final GatewayComponents components = GatewayComponents.create();
    public final Engine engine = Engine.create(EngineOptions.defaults("1.0", "test"), components.factories());

    public Engines(String yaml) {
        if (!(engine.apply(parse(yaml)) instanceof ApplyOutcome.Applied applied)
                || !applied.broken().equals(List.of())) {
            throw new AssertionError("not applied: " + engine.health());
        }
    }

    public static PipelineConfig parse(String yaml) {
        ParseOutcome outcome = ConfigParser.parse(yaml, Environment.of(Map.of()));
        if (outcome instanceof ParseOutcome.Valid valid) {
            return valid.config();
        }
        throw new AssertionError(outcome.findings());
    }

    public int port(String protocol) {
        return HostPort.parse(engine.endpoints().get(ComponentId.of("otlp")).get(protocol))
                .port();
    }

    @Override
    public void close() {
        engine.close();
        components.close();
    }
}
