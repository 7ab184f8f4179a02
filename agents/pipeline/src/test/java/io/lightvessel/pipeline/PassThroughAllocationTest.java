package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import com.sun.management.ThreadMXBean;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes through costs objects for each request, never for each record. */
class PassThroughAllocationTest {

    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int REQUESTS = 4;
    /** For each request the window of 32 KiB its walk looks through, and as much again for what happens once in a while. */
    private static final long ALLOWED = REQUESTS * (64L << 10);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final GraphEngine engine = GraphEngineTest.engine(components, timer);
    private final AtomicLong delivered = new AtomicLong();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({
        "LOGS, false, false",
        "LOGS, true, false",
        "LOGS, true, true",
        "TRACES, false, false",
        "TRACES, true, false",
        "TRACES, true, true",
        "METRICS, false, false",
        "METRICS, true, false",
        "METRICS, true, true"
    })
    void manyRecordsCostNoMoreObjectsThanFew(Signal signal, boolean batches, boolean cuts) throws Exception {
        String batch = "batch: { timeout: 1s, send_batch_size: 1000000%s }"
                .formatted(cuts ? ", send_batch_max_size: 1000000" : "");
        engine.apply(Configs.direct(signal.label(), batches ? batch : "", batches ? "batch" : ""));
        components.backends.put(ComponentId.of("debug"), (payload, delivery) -> {
            delivered.addAndGet(payload.records());
            delivery.delivered();
        });
        MessageLite few = request(signal, FEW);
        MessageLite many = request(signal, MANY);
        for (int warm = 0; warm < 3; warm++) {
            allocated(signal, few);
            allocated(signal, many);
        }
        delivered.set(0);
        long forFew = allocated(signal, few);
        long forMany = allocated(signal, many);
        assertThat(delivered).hasValue(REQUESTS * (FEW + MANY));
        assertThat(forMany - forFew)
                .as("bytes for %d records more (%d for few)", REQUESTS * (MANY - FEW), forFew)
                .isLessThan(ALLOWED);
    }

    /** Bytes that are allocated from the walk of requests to the exporter's answers. */
    private long allocated(Signal signal, MessageLite request) throws Exception {
        ByteBuf[] bodies = new ByteBuf[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            bodies[i] = Fixtures.bytes(request);
        }
        Outlet outlet = components.receiver("otlp").outlet(signal);
        RecordingResult[] results = new RecordingResult[REQUESTS];
        long before = allocatedSoFar();
        for (int i = 0; i < REQUESTS; i++) {
            results[i] = new RecordingResult();
            outlet.accept(Payload.walk(signal, bodies[i]), results[i]);
        }
        timer.advance(Duration.ofSeconds(1));
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(results[i].await().isAccepted()).isTrue();
        }
        ReloadTest.await(() -> Arrays.stream(bodies).allMatch(body -> body.refCnt() == 0));
        return allocatedSoFar() - before;
    }

    /** By this thread and by those that export. */
    private long allocatedSoFar() {
        long sum = threads.getCurrentThreadAllocatedBytes();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("lightvessel-export-")) {
                sum += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }

    private static MessageLite request(Signal signal, int records) {
        return switch (signal) {
            case LOGS -> Fixtures.logsRequest("shop", records);
            case TRACES -> {
                ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
                var group = request.addResourceSpansBuilder();
                group.setResource(Fixtures.resource("shop"));
                var scope = group.addScopeSpansBuilder();
                for (int i = 0; i < records; i++) {
                    scope.addSpans(Span.newBuilder()
                            .setName("span " + i)
                            .addAttributes(Fixtures.attribute("n", "" + i))
                            .addEvents(Span.Event.newBuilder().setName("event")));
                }
                yield request.build();
            }
            case METRICS -> {
                ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
                var group = request.addResourceMetricsBuilder();
                group.setResource(Fixtures.resource("shop"));
                var scope = group.addScopeMetricsBuilder();
                for (int i = 0; i < records; i += 2) {
                    NumberDataPoint point = NumberDataPoint.newBuilder()
                            .setAsInt(i)
                            .addAttributes(Fixtures.attribute("n", "" + i))
                            .build();
                    scope.addMetricsBuilder()
                            .setName("metric " + i)
                            .setGauge(Gauge.newBuilder().addDataPoints(point).addDataPoints(point));
                }
                yield request.build();
            }
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
    }
}
