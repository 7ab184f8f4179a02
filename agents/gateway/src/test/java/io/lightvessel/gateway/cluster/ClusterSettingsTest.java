package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

    private static Settings discovery(String statics) {
        String text = """
                receivers:
                  otlp: {protocols: {grpc: }}
                exporters:
                  debug:
                extensions:
                  cluster: {endpoint: 'localhost:7800', discovery: {static: %s}}
                service:
                  extensions: [cluster]
                  pipelines: {metrics: {receivers: [otlp], exporters: [debug]}}
                """.formatted(statics);
        ParseOutcome outcome = ConfigParser.parse(text, Environment.of(Map.of("PEERS", "a:7801, b:7802,[::1]:7803")));
        return ((ParseOutcome.Valid) outcome)
                .config()
                .extensions()
                .get(ComponentId.parse("cluster"))
                .settings()
                .section("discovery");
    }

    @Test
    void oneTextMayNameSeveralReplicas() throws Exception {
        assertThat(ClusterSettings.addresses(discovery("['${env:PEERS}', 'c:7804']")))
                .extracting(Object::toString)
                .containsExactly("a:7801", "b:7802", "[::1]:7803", "c:7804");
    }

    @Test
    void anEmptyNameAmongThemIsRefused() {
        assertThatThrownBy(() -> ClusterSettings.addresses(discovery("['a:7801,,b:7802']")))
                .isInstanceOf(ComponentFailure.class)
                .hasMessage("discovery::static:  (expected: HOST:PORT)");
    }
}
