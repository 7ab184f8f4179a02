package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.RawGrpc.Answer;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcReceiverTest {
    private ReceiverKit kit;
    private RawGrpc client;

    @BeforeEach
    void start() throws Exception {
        kit = new ReceiverKit();
        client = new RawGrpc(kit.grpcPort());
    }

    @AfterEach
    void stop() {
        client.close();
        kit.close();
        assertThat(kit.context.budget.used()).as("bytes still held").isZero();
    }

    @Test
    void takesAllThreeSignalsByteForByte() throws Exception {
        byte[] spans = Requests.spans(3).toByteArray();
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        Taken taken = kit.context.next();
        assertThat(taken.signal()).isEqualTo(Signal.TRACES);
        assertThat(taken.transport()).isEqualTo("grpc");
        assertThat(taken.records()).isEqualTo(3);
        assertThat(taken.bytes()).isEqualTo(spans);

        byte[] logs = Requests.logs(2, 10).toByteArray();
        Answer answer = client.call(RawGrpc.LOGS, logs);
        assertThat(answer.data()).isEqualTo(new byte[5]);
        assertThat(kit.context.next().bytes()).isEqualTo(logs);

        assertThat(client.call(RawGrpc.METRICS, new byte[0]).status()).isEqualTo("0");
        assertThat(kit.context.taken).isEmpty();
    }

    @Test
    void takesGzip() throws Exception {
        byte[] logs = Requests.logs(500, 200).toByteArray();
        Answer answer = client.call(
                        RawGrpc.LOGS, Map.of("grpc-encoding", "gzip"), RawGrpc.framed(Requests.gzip(logs), 1), true)
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo("0");
        assertThat(kit.context.next().bytes()).isEqualTo(logs);
    }

    @Test
    void takesMessagesLargerThanTheWindow() throws Exception {
        byte[] logs = Requests.logs(200, 50_000).toByteArray();
        assertThat(client.call(RawGrpc.LOGS, logs).status()).isEqualTo("0");
        assertThat(kit.context.next().bytes()).isEqualTo(logs);
    }

    @Test
    void answersWhenThePipelinesDoAndNotBefore() throws Exception {
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        kit.context.behaviour = (payload, result) -> waiting.add(() -> {
            payload.release();
            result.accepted();
        });
        CompletableFuture<Answer> answer = client.call(
                RawGrpc.TRACES, Map.of(), RawGrpc.framed(Requests.spans(1).toByteArray(), 0), true);
        Runnable accept = waiting.poll(20, TimeUnit.SECONDS);
        assertThat(kit.context.budget.used()).isPositive();
        assertThat(answer).isNotDone();
        accept.run();
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo("0");
    }

    @Test
    void retryableRefusalsAreUnavailableWithRetryInfo() throws Exception {
        kit.context.behaviour =
                refusing(Refusal.retryable(DropReason.QUEUE_FULL, "queue full: 100 %", Duration.ofMillis(2500)));
        Answer answer = client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray());
        assertThat(answer.status()).isEqualTo("14");
        assertThat(answer.message()).isEqualTo("queue full: 100 %25");
        assertThat(details(answer)).isEqualTo(List.of(14L, "queue full: 100 %", 2L, 500_000_000L));
    }

    @ParameterizedTest
    @EnumSource
    void whateverCanBeRetriedSaysWhen(DropReason reason) throws Exception {
        kit.context.behaviour = refusing(Refusal.retryable(reason, "not now", null));
        Answer answer = client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray());
        assertThat(details(answer)).isEqualTo(List.of(14L, "not now", 1L, 0L));
    }

    /** Code, message and RetryInfo's delay out of the status details. */
    static List<Object> details(Answer answer) throws Exception {
        UnknownFieldSet status = UnknownFieldSet.parseFrom(
                Base64.getDecoder().decode(answer.headers().get("grpc-status-details-bin")));
        Any any = Any.parseFrom(status.getField(3).getLengthDelimitedList().getFirst());
        assertThat(any.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
        ByteString delay = UnknownFieldSet.parseFrom(any.getValue())
                .getField(1)
                .getLengthDelimitedList()
                .getFirst();
        UnknownFieldSet duration = UnknownFieldSet.parseFrom(delay);
        return List.of(
                status.getField(1).getVarintList().getFirst(),
                status.getField(2).getLengthDelimitedList().getFirst().toStringUtf8(),
                first(duration.getField(1)),
                first(duration.getField(2)));
    }

    private static long first(UnknownFieldSet.Field field) {
        return field.getVarintList().isEmpty() ? 0 : field.getVarintList().getFirst();
    }

    @Test
    void permanentRefusalsAreInternalWithoutRetryInfo() throws Exception {
        kit.context.behaviour = refusing(Refusal.permanent(DropReason.BACKEND_REFUSED, "no such tenant"));
        Answer answer = client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray());
        assertThat(answer.status()).isEqualTo("13");
        assertThat(answer.message()).isEqualTo("no such tenant");
        assertThat(answer.headers()).doesNotContainKey("grpc-status-details-bin");
    }

    static java.util.function.BiConsumer<Payload, Result> refusing(Refusal refusal) {
        return (payload, result) -> {
            payload.release();
            result.refused(refusal);
        };
    }

    @Test
    void spentBudgetIsUnavailableOnceTheBodyHasGoneBy() throws Exception {
        var all = kit.context.budget.tryAcquire(kit.context.budget.capacity());
        Answer answer = client.call(RawGrpc.TRACES, Map.of(), new byte[] {0, 0, 0, 1, 0, 1, 2, 3}, true)
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo("14");
        assertThat(answer.headers()).containsKey("grpc-status-details-bin");
        assertThat(kit.context.turnedAway).containsExactly(DropReason.MEMORY_LIMIT);
        all.release();
        assertThat(client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray()).status())
                .isEqualTo("0");
    }

    @Test
    void refusalsByTheHundredLeaveTheConnectionOpen() throws Exception {
        var all = kit.context.budget.tryAcquire(kit.context.budget.capacity());
        byte[] body = Requests.logs(1, 40_000).toByteArray();
        // Netty closes connections on which either side resets 200 streams in half a minute.
        for (int i = 0; i < 300; i++) {
            assertThat(client.call(RawGrpc.LOGS, body).status())
                    .as("refusal " + i)
                    .isEqualTo("14");
        }
        assertThat(client.goAway.getCount()).isEqualTo(1);
        all.release();
        assertThat(client.call(RawGrpc.LOGS, body).status()).isEqualTo("0");
    }

    @Test
    void announcedLengthOverTheLimitIsRefusedBeforeAnythingIsAllocated() throws Exception {
        Answer answer = client.call(RawGrpc.LOGS, Map.of(), new byte[] {0, 0x7F, -1, -1, -1}, false)
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo("8");
        assertThat(answer.message()).isEqualTo("the message has 2147483647 bytes (expected: 67108864 or fewer)");
        assertThat(answer.headers()).doesNotContainKey("grpc-status-details-bin");
        assertThat(kit.context.turnedAway).containsExactly(DropReason.TOO_LARGE);
    }

    @Test
    void zipBombIsResourceExhausted() throws Exception {
        byte[] bomb = Requests.gzip(new byte[80 << 20]);
        Answer answer = client.call(RawGrpc.LOGS, Map.of("grpc-encoding", "gzip"), RawGrpc.framed(bomb, 1), true)
                .get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo("8");
        assertThat(answer.message()).isEqualTo("the body is larger than 67108864 bytes when unpacked");
    }

    @Test
    void malformedMessagesAreInvalidArgument() throws Exception {
        byte[] spans = Requests.spans(3).toByteArray();
        byte[] truncated = java.util.Arrays.copyOf(spans, spans.length - 7);
        assertThat(client.call(RawGrpc.TRACES, truncated).status()).isEqualTo("3");
        assertThat(client.call(RawGrpc.TRACES, "garbage".getBytes()).status()).isEqualTo("3");
        Map<String, String> gzip = Map.of("grpc-encoding", "gzip");
        assertThat(status(RawGrpc.TRACES, gzip, RawGrpc.framed("garbage".getBytes(), 1)))
                .isEqualTo("3");
        byte[] packed = Requests.gzip(spans);
        assertThat(status(RawGrpc.TRACES, gzip, RawGrpc.framed(java.util.Arrays.copyOf(packed, packed.length - 9), 1)))
                .isEqualTo("3");
        packed[packed.length - 5] ^= 1;
        assertThat(status(RawGrpc.TRACES, gzip, RawGrpc.framed(packed, 1))).isEqualTo("3");
        assertThat(kit.context.turnedAway).hasSize(5).containsOnly(DropReason.MALFORMED);
    }

    @Test
    void streamsWithoutExactlyOneWholeMessageAreInvalid() throws Exception {
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[0])).isEqualTo("3");
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[] {0, 0})).isEqualTo("3");
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[] {0, 0, 0, 0, 9, 1, 2}))
                .isEqualTo("3");
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[10])).isEqualTo("3");
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[] {7, 0, 0, 0, 0})).isEqualTo("3");
        assertThat(status(RawGrpc.TRACES, Map.of(), new byte[] {1, 0, 0, 0, 0})).isEqualTo("13");
    }

    private String status(String path, Map<String, String> headers, byte[] body) throws Exception {
        return client.call(path, headers, body, true).get(20, TimeUnit.SECONDS).status();
    }

    @Test
    void unknownMethodsAndEncodingsAreUnimplemented() throws Exception {
        assertThat(client.call("/grpc.health.v1.Health/Check", new byte[0]).status())
                .isEqualTo("12");
        Answer brotli = client.call(RawGrpc.TRACES, Map.of("grpc-encoding", "br"), new byte[5], true)
                .get(20, TimeUnit.SECONDS);
        assertThat(brotli.status()).isEqualTo("12");
        assertThat(brotli.message()).isEqualTo("grpc-encoding: br (expected: identity, gzip, snappy, zstd)");
        assertThat(brotli.headers()).containsEntry("grpc-accept-encoding", "identity,gzip,snappy,zstd");
        kit.context.unconnected.add(Signal.TRACES);
        assertThat(client.call(RawGrpc.TRACES, new byte[0]).message())
                .isEqualTo("no pipeline takes what " + RawGrpc.TRACES + " receives");
    }

    @Test
    void otherContentTypesAre415AndOtherMethods405() throws Exception {
        for (String type : List.of("application/json", "application/grpc-web", "text/plain")) {
            Answer answer = client.call(RawGrpc.TRACES, Map.of("content-type", type), new byte[5], true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(answer.headers()).as(type).containsEntry(":status", "415");
        }
        assertThat(status(RawGrpc.TRACES, Map.of("content-type", "application/grpc+proto"), new byte[5]))
                .isEqualTo("0");
        assertThat(client.call(RawGrpc.TRACES, Map.of(":method", "GET"), new byte[5], true)
                        .get(20, TimeUnit.SECONDS)
                        .headers())
                .containsEntry(":status", "405");
    }

    @Test
    void manyCallsShareOneConnection() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        byte[] spans = RawGrpc.framed(Requests.spans(20).toByteArray(), 0);
        for (int i = 0; i < 100; i++) {
            answers.add(client.call(RawGrpc.TRACES, Map.of(), spans, true));
        }
        for (CompletableFuture<Answer> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo("0");
        }
        assertThat(kit.context.taken).hasSize(100);
    }

    @Test
    void clientsThatResetTheirStreamsGiveTheBudgetBack() throws Exception {
        byte[] half =
                java.util.Arrays.copyOf(RawGrpc.framed(Requests.logs(100, 100).toByteArray(), 0), 300);
        client.call(RawGrpc.LOGS, Map.of(), half, false);
        assertThat(client.call(RawGrpc.LOGS, Requests.logs(1, 1).toByteArray()).status())
                .isEqualTo("0");
        assertThat(kit.context.budget.used()).isPositive();
        client.close();
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (kit.context.budget.used() > 0 && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        assertThat(kit.context.budget.used()).isZero();
    }

    @Test
    void parsesAsWhatWasSent() throws Exception {
        ExportLogsServiceRequest logs = Requests.logs(2, 3);
        client.call(RawGrpc.LOGS, logs.toByteArray());
        assertThat(ExportLogsServiceRequest.parseFrom(kit.context.next().bytes()))
                .isEqualTo(logs);
        assertThat(ExportMetricsServiceRequest.getDefaultInstance().toByteArray())
                .isEmpty();
    }
}
