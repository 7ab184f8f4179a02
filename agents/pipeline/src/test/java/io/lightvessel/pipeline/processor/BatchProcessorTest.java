package io.lightvessel.pipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RecordingResult;
import io.lightvessel.pipeline.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchProcessorTest extends ProcessorContract {

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "batch", "{ timeout: 1m }");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void whatGoesInComesOut(Signal signal) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(12);
            int max = random.nextBoolean() ? 0 : size + random.nextInt(4);
            ProcessorHarness harness = new ProcessorHarness(
                    signal, "batch", "{ send_batch_size: %d, send_batch_max_size: %d }".formatted(size, max));
            List<ByteString> in = new ArrayList<>();
            List<RecordingResult> results = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < 10; i++) {
                MessageLite request = Fixtures.randomRequest(signal, random);
                in.addAll(Requests.describedRecords(signal, request));
                bytes += request.getSerializedSize();
                results.add(harness.send(Fixtures.payload(signal, request)));
            }
            harness.timer.advance(Duration.ofMillis(200));

            List<ByteString> out = new ArrayList<>();
            long receivedBytes = 0;
            for (Payload payload : harness.passedOn) {
                List<ByteString> records = Requests.describedRecords(signal, Requests.decode(payload));
                assertThat(records).as("seed %d", seed).hasSize(payload.records());
                if (max > 0) {
                    assertThat(payload.records()).isLessThanOrEqualTo(max);
                }
                out.addAll(records);
                receivedBytes += payload.receivedBytes();
            }
            assertThat(out).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(in);
            assertThat(receivedBytes).isEqualTo(bytes);
            assertThat(results).allMatch(RecordingResult::isAccepted);
            harness.releaseAll();
        }
    }

    @Test
    void goesOnWhenThereAreEnoughRecords() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "batch", "{ send_batch_size: 5 }");
        harness.send(Fixtures.logs("a", 3));
        assertThat(harness.passedOn).isEmpty();
        assertThat(harness.processor().held().records()).isEqualTo(3);
        harness.send(Fixtures.logs("b", 3));
        assertThat(harness.passedOn)
                .singleElement()
                .satisfies(payload -> assertThat(payload.records()).isEqualTo(6));
        assertThat(harness.processor().held()).isEqualTo(Count.ZERO);
        harness.releaseAll();
    }

    @Test
    void aBatchThatIsGoneDoesNotTakeTheNextOneWithItsTimeout() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "batch", "{ send_batch_size: 2, timeout: 1s }");
        harness.send(Fixtures.logs("a", 1));
        harness.timer.advance(Duration.ofMillis(900));
        harness.send(Fixtures.logs("a", 1));
        harness.send(Fixtures.logs("b", 1));
        harness.timer.advance(Duration.ofMillis(900));
        assertThat(harness.passedOn).hasSize(1);
        harness.timer.advance(Duration.ofMillis(100));
        assertThat(harness.passedOn).hasSize(2);
        harness.releaseAll();
    }

    @Test
    void aRefusalReachesEveryProducerOfTheBatch() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "batch", "{ send_batch_size: 2 }");
        harness.answer = Refusal.retryable(DropReason.QUEUE_FULL, "full", null);
        RecordingResult first = harness.send(Fixtures.logs("a", 1));
        RecordingResult second = harness.send(Fixtures.logs("b", 1));
        assertThat(List.of(first.refusal(), second.refusal())).containsOnly(harness.answer);
        harness.releaseAll();
    }

    @Test
    void producersWaitUntilAllPiecesAreSafe() {
        ProcessorHarness harness =
                new ProcessorHarness(Signal.LOGS, "batch", "{ send_batch_size: 2, send_batch_max_size: 2 }");
        harness.answers = false;
        RecordingResult result = harness.send(Fixtures.logs("a", 5));
        assertThat(harness.passedOn).extracting(Payload::records).containsExactly(2, 2, 1);
        harness.passedResults.get(0).accepted();
        harness.passedResults.get(2).accepted();
        assertThat(result.isDone()).isFalse();
        harness.passedResults.get(1).accepted();
        assertThat(result.isAccepted()).isTrue();
        harness.releaseAll();
    }

    @Test
    void stoppingPassesEverythingOnAndHoldsNothingBackAfterwards() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "batch", "{ timeout: 1h }");
        harness.send(Fixtures.logs("a", 1));
        harness.processor().stop(Duration.ofSeconds(1));
        assertThat(harness.passedOn).hasSize(1);
        harness.send(Fixtures.logs("late", 1));
        assertThat(harness.passedOn).hasSize(2);
        harness.releaseAll();
    }

    @Test
    void profilesPassUnchanged() throws Exception {
        ProcessorHarness harness = new ProcessorHarness(Signal.PROFILES, "batch", "{}");
        Payload profile = Payload.walk(Signal.PROFILES, Fixtures.bytes(Fixtures.logsRequest("a", 2)));
        harness.send(profile);
        assertThat(harness.passedOn).containsExactly(profile);
        harness.releaseAll();
    }
}
