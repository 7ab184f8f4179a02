package io.lightvessel.agent.http;

import io.lightvessel.pipeline.MetricsWriter;
import java.io.IOException;
import java.util.function.Supplier;

/** Serves the agent's own metrics to Prometheus on {@code /metrics}. */
public final class MetricsPage implements Endpoint.Page {
    private final Supplier<MetricsWriter> engine;

    public MetricsPage(Supplier<MetricsWriter> engine) {
        this.engine = engine;
    }

    @Override
    public Endpoint.Answer answer(String path) throws IOException {
        if (!path.equals("/metrics")) {
            return new Endpoint.Answer(404, "text/plain; charset=utf-8", path + ": not found (expected: /metrics)\n");
        }
        StringBuilder text = new StringBuilder(8192);
        engine.get().writeTo(text);
        return new Endpoint.Answer(200, MetricsWriter.CONTENT_TYPE, text.toString());
    }
}
