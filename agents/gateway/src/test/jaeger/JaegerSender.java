import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.jaeger.JaegerGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.concurrent.TimeUnit;

/** Sends spans as the last OpenTelemetry SDK with an exporter for Jaeger does; run as source, with its jars alone. */
class JaegerSender {

    static void main(String[] arguments) {
        JaegerGrpcSpanExporter exporter =
                JaegerGrpcSpanExporter.builder().setEndpoint(arguments[0]).build();
        boolean sent;
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "shop")
                        .put("host.name", "node-1")
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            Tracer tracer = provider.tracerBuilder("checkout").setInstrumentationVersion("1.2").build();
            Span parent = tracer.spanBuilder("POST /orders")
                    .setSpanKind(SpanKind.SERVER)
                    .setStartTimestamp(5_000, TimeUnit.MILLISECONDS)
                    .startSpan();
            for (int i = 0; i < 200; i++) {
                Span child = tracer.spanBuilder("query " + i)
                        .setParent(Context.root().with(parent))
                        .setSpanKind(SpanKind.CLIENT)
                        .addLink(parent.getSpanContext())
                        .setAttribute("db.rows", i)
                        .setAttribute("db.ratio", 0.5)
                        .setAttribute("db.cached", true)
                        .setAttribute("db.system", "postgresql")
                        .setAttribute(AttributeKey.longArrayKey("db.shards"), java.util.List.of(1L, 2L))
                        .startSpan();
                child.addEvent("retry", Attributes.of(AttributeKey.longKey("attempt"), 2L));
                child.setStatus(StatusCode.ERROR, "deadlock");
                child.end();
            }
            parent.end(5_250, TimeUnit.MILLISECONDS);
            sent = provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess();
        }
        System.out.println(sent ? "sent" : "not sent");
        System.exit(sent ? 0 : 1);
    }
}
