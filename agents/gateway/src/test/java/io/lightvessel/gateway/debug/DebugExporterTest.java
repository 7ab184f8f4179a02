package io.lightvessel.gateway.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.JsonRenderer;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugExporterTest {
    @ParameterizedTest
    @ValueSource(strings = {"basic", "normal", "detailed"})
    void takesEverything(String verbosity) throws Exception {
        Exporter exporter = new DebugExporterFactory()
                .prepare(
                        new TestContext("debug", 1 << 20),
                        TestContext.settings("exporters", "debug", "debug: {verbosity: " + verbosity + "}"),
                        null)
                .component();
        assertThat(RecordedDelivery.export(
                        exporter, Signal.TRACES, Requests.spans(2).toByteArray()))
                .isEqualTo("delivered");
    }

    @Test
    void resourcesAreShown() throws Exception {
        Payload payload = Payload.walk(
                Signal.LOGS, Unpooled.wrappedBuffer(Requests.logs(1, 1).toByteArray()));
        assertThat(DebugExporter.resources(payload))
                .containsExactly("{\"attributes\":{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}}");
        assertThat(JsonRenderer.render(Signal.LOGS, payload.bytes(), 1000))
                .isEqualTo(
                        "{\"resourceLogs\":{\"resource\":{\"attributes\":{\"key\":\"service.name\",\"value\":"
                                + "{\"stringValue\":\"shop\"}}},\"scopeLogs\":{\"logRecords\":{\"body\":{\"stringValue\":\"x\"}}}}}");
        assertThat(JsonRenderer.render(Signal.LOGS, payload.bytes(), 30))
                .endsWith("...}")
                .hasSizeLessThan(120);
    }
}
