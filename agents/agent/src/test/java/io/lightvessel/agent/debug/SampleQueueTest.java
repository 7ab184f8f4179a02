package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.tail.RecordFilter;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SampleQueueTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final SampleQueue queue = new SampleQueue();

    @Test
    void aSmallPayloadIsCopiedAndNothingOfItIsHeld() throws Exception {
        Payload payload = payload(3, 10);
        queue.offered(payload);
        assertThat(payload.refCnt()).isEqualTo(1);
        payload.release();
        Sample sample = queue.poll(AT_ONCE);
        assertThat(sample).isNotNull();
        assertThat(sample.retained()).isNull();
        assertThat(queue.passed()).isEqualTo(new SampleQueue.Passed(1, 3, 0));
    }

    @Test
    void aLargePayloadIsTakenOnlyWhileSomebodyWaitsForIt() throws Exception {
        Payload large = payload(1, 100_000);
        queue.offered(large);
        assertThat(large.refCnt()).as("nobody waits").isEqualTo(1);
        assertThat(queue.passed().missedPayloads()).isEqualTo(1);

        CompletableFuture<Sample> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.poll(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (!waiting.isDone()) {
            queue.offered(large);
            Thread.onSpinWait();
        }
        Sample sample = waiting.get(30, TimeUnit.SECONDS);
        queue.close();
        sample.release();
        assertThat(large.refCnt()).isEqualTo(1);
    }

    @Test
    void whatIsKeptIsBoundedAndTheRestIsCounted() throws Exception {
        Payload payload = payload(1, 60_000);
        for (int i = 0; i < 100; i++) {
            queue.offered(payload);
        }
        int kept = 0;
        while (queue.poll(AT_ONCE) != null) {
            kept++;
        }
        assertThat(kept).isEqualTo(17);
        assertThat(queue.passed()).isEqualTo(new SampleQueue.Passed(100, 100, 83));
        assertThat(payload.refCnt()).isEqualTo(1);
    }

    @Test
    void asleepOrClosedItTakesNothing() throws Exception {
        Payload payload = payload(2, 10);
        queue.sleep(true);
        queue.offered(payload);
        queue.sleep(false);
        queue.offered(payload);
        queue.close();
        queue.offered(payload);
        assertThat(queue.poll(AT_ONCE)).isNull();
        assertThat(queue.passed()).isEqualTo(new SampleQueue.Passed(3, 6, 2));
        assertThat(payload.refCnt()).isEqualTo(1);
    }

    @Test
    void aTailShowsNoMoreThanItWasAskedFor() throws Exception {
        Tail tail = new Tail(queue, RecordFilter.parse("line"), 5);
        queue.offered(payload(20, 10));
        assertThat(tail.next(AT_ONCE)).hasSize(5);
        queue.offered(payload(20, 10));
        Tail.Counts counts = tail.counts();
        assertThat(counts.records()).isEqualTo(40);
        assertThat(counts.decoded()).isEqualTo(20);
        assertThat(counts.matched()).isEqualTo(20);
        assertThat(counts.shown()).isEqualTo(5);
        assertThat(counts.missed())
                .as("offered when the second's share was used up")
                .isEqualTo(1);
    }

    @Test
    void aTailGivesLargePayloadsBackAlsoWhenTheyCannotBeRead() throws Exception {
        Tail tail = new Tail(queue, RecordFilter.parse("nothing-matches"), 5);
        Payload large = payload(10, 10_000);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            try {
                tail.next(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (!reading.isDone()) {
            queue.offered(large);
            Thread.onSpinWait();
        }
        reading.get(30, TimeUnit.SECONDS);
        queue.close();
        assertThat(large.refCnt()).isEqualTo(1);
        assertThat(tail.counts().matched()).isZero();
    }

    private static Payload payload(int records, int length) throws Exception {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < records; i++) {
            scope.addLogRecords(
                    LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("line " + "x".repeat(length))));
        }
        byte[] request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
        return Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(request));
    }
}
