package io.lightvessel.gateway.testing;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverFactory;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** A running receiver of traces on free ports, with pipelines that keep what they get. */
public final class ReceiverRun implements AutoCloseable {

    public final TestContext context;
    private final Transport transport = new Transport(2);
    private final Receiver receiver;
    private final HttpClient client = HttpClient.newHttpClient();

    public ReceiverRun(Function<Transport, ReceiverFactory> factory, String type, String settings, long budget)
            throws ComponentFailure {
        context = new TestContext(type, budget);
        Prepared<Receiver> prepared = factory.apply(transport).prepare(context, settings(type, settings), null);
        prepared.commit();
        receiver = prepared.component();
    }

    private static Settings settings(String type, String settings) {
        String text = """
                receivers: {%s: %s}
                exporters: {debug: }
                service: {pipelines: {traces: {receivers: [%s], exporters: [debug]}}}
                """.formatted(type, settings, type);
        return switch (ConfigParser.parse(text, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid ->
                valid.config().receivers().get(ComponentId.of(type)).settings();
            case ParseOutcome.Invalid invalid -> throw new AssertionError(invalid.findings());
        };
    }

    public int port(String endpoint) {
        return HostPort.parse(receiver.endpoints().get(endpoint)).port();
    }

    /** The next request that reached the pipelines. */
    public ExportTraceServiceRequest next() throws Exception {
        return ExportTraceServiceRequest.parseFrom(context.next().bytes());
    }

    public HttpResponse<String> post(String endpoint, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(endpoint) + path))
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        receiver.stop(Duration.ofMillis(500));
        transport.close();
    }
}
