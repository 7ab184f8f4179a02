package io.lightvessel.e2e;

import com.google.protobuf.ByteString;
import io.grpc.Attributes;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a span every 50 ms over one gRPC connection and keeps count of what went wrong and of lost connections. */
final class SteadySender implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    private final String name;
    private final ManagedChannel channel;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;

    SteadySender(String name, int port) {
        this.name = name;
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .addTransportFilter(new ClientTransportFilter() {
                    @Override
                    public Attributes transportReady(Attributes attributes) {
                        opened.incrementAndGet();
                        return attributes;
                    }

                    @Override
                    public void transportTerminated(Attributes attributes) {
                        closed.incrementAndGet();
                    }
                })
                .build();
        thread = Thread.ofPlatform().name("sender-" + name).start(this::sendSteadily);
    }

    int sent() {
        return sent.get();
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    List<String> failures() {
        return failures;
    }

    /** Sends no more, and returns how many were accepted. */
    int stop() throws InterruptedException {
        stopping = true;
        thread.join();
        return sent.get();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private void sendSteadily() {
        try {
            while (!stopping) {
                send();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            TraceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .export(request(name, sent.get()));
            sent.incrementAndGet();
        } catch (StatusRuntimeException e) {
            failures.add(e.getStatus().toString());
        }
    }

    static ExportTraceServiceRequest request(String sender, int number) {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16)
                        .putLong(sender.hashCode())
                        .putLong(number + 1L)
                        .array()))
                .setSpanId(ByteString.copyFrom(
                        ByteBuffer.allocate(8).putLong(number + 1L).array()))
                .setName("steady")
                .setStartTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .setEndTimeUnixNano(System.currentTimeMillis() * 1_000_000 + 1_000)
                .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", sender)))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
