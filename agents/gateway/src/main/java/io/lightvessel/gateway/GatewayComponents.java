package io.lightvessel.gateway;

import io.lightvessel.gateway.auth.BasicAuthFactory;
import io.lightvessel.gateway.auth.BearerTokenFactory;
import io.lightvessel.gateway.auth.HeadersSetterFactory;
import io.lightvessel.gateway.cluster.ClusterFactory;
import io.lightvessel.gateway.cluster.Clusters;
import io.lightvessel.gateway.debug.DebugExporterFactory;
import io.lightvessel.gateway.file.FileExporterFactory;
import io.lightvessel.gateway.jaeger.JaegerReceiverFactory;
import io.lightvessel.gateway.loki.LokiExporterFactory;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.otlp.OtlpGrpcExporterFactory;
import io.lightvessel.gateway.otlp.OtlpHttpExporterFactory;
import io.lightvessel.gateway.otlp.OtlpReceiverFactory;
import io.lightvessel.gateway.pprof.PprofReceiverFactory;
import io.lightvessel.gateway.pprof.format.OtlpFromPprof;
import io.lightvessel.gateway.prometheus.RemoteWriteExporterFactory;
import io.lightvessel.gateway.pyroscope.PyroscopeExporterFactory;
import io.lightvessel.gateway.scrape.PrometheusReceiverFactory;
import io.lightvessel.gateway.series.SeriesToOtlp;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.zipkin.ZipkinReceiverFactory;
import io.lightvessel.pipeline.ComponentFactories;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.FormConverter;
import io.lightvessel.pipeline.ReceiverFactory;
import java.util.List;

/** The components of this module and the event loops they share; close it after the engine. */
public final class GatewayComponents implements AutoCloseable {
    private final Transport transport;
    private final Discoveries discoveries;
    private final Clusters clusters = new Clusters();

    private GatewayComponents(Transport transport) {
        this.transport = transport;
        this.discoveries = new Discoveries(transport);
    }

    /** With one event loop for every processor the process may use. */
    public static GatewayComponents create() {
        return new GatewayComponents(new Transport(Runtime.getRuntime().availableProcessors()));
    }

    public List<ReceiverFactory> receivers() {
        return List.of(
                new OtlpReceiverFactory(transport),
                new JaegerReceiverFactory(transport),
                new PprofReceiverFactory(transport, discoveries),
                new PrometheusReceiverFactory(transport, discoveries),
                new ZipkinReceiverFactory(transport));
    }

    public List<ExporterFactory> exporters() {
        return List.of(
                new OtlpGrpcExporterFactory(transport),
                new OtlpHttpExporterFactory(transport),
                new RemoteWriteExporterFactory(transport),
                new LokiExporterFactory(transport),
                new PyroscopeExporterFactory(transport),
                new FileExporterFactory(),
                new DebugExporterFactory());
    }

    public List<ExtensionFactory> extensions() {
        return List.of(
                new BasicAuthFactory(),
                new BearerTokenFactory(),
                new ClusterFactory(clusters),
                new HeadersSetterFactory());
    }

    /** What makes OTLP of the forms in which targets are scraped. */
    public List<FormConverter> converters() {
        return List.of(new SeriesToOtlp(), new OtlpFromPprof());
    }

    /** The clusters that the extensions made here take part in. */
    public Clusters clusters() {
        return clusters;
    }

    public ComponentFactories factories() {
        return ComponentFactories.of(receivers(), exporters())
                .with(extensions())
                .converting(converters());
    }

    @Override
    public void close() {
        discoveries.close();
        transport.close();
    }
}
