package io.lightvessel.local.sink;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The sink's OTLP/gRPC side. */
final class GrpcEndpoint implements AutoCloseable {

    private final Server server;

    GrpcEndpoint(int port, Otlp otlp, int bodyLimit) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(bodyLimit)
                .addService(new Traces(otlp))
                .addService(new Metrics(otlp))
                .addService(new Logs(otlp))
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <T> void answer(StreamObserver<T> to, T response) {
        to.onNext(response);
        to.onCompleted();
    }

    private static final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        private final Otlp otlp;

        Traces(Otlp otlp) {
            this.otlp = otlp;
        }

        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> response) {
            otlp.traces(request);
            answer(response, ExportTraceServiceResponse.getDefaultInstance());
        }
    }

    private static final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        private final Otlp otlp;

        Metrics(Otlp otlp) {
            this.otlp = otlp;
        }

        @Override
        public void export(ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> response) {
            otlp.metrics(request);
            answer(response, ExportMetricsServiceResponse.getDefaultInstance());
        }
    }

    private static final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        private final Otlp otlp;

        Logs(Otlp otlp) {
            this.otlp = otlp;
        }

        @Override
        public void export(ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> response) {
            otlp.logs(request);
            answer(response, ExportLogsServiceResponse.getDefaultInstance());
        }
    }
}
