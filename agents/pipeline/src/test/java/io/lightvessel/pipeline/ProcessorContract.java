package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every processor must hold to, whatever it does; each one's test extends this. */
public abstract class ProcessorContract {

    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    /** The processor under test, with settings under which it lets telemetry pass. */
    protected abstract ProcessorHarness harness(Signal signal);

    @Test
    void whatItTakesItPassesOnOnceAndItsProducerIsAnswered() {
        ProcessorHarness harness = harness(Signal.LOGS);
        Payload payload = Fixtures.logs("shop", 3);
        long received = payload.receivedBytes();
        RecordingResult result = harness.send(payload);
        harness.timer.advance(LONG_ENOUGH);
        assertThat(result.isAccepted()).isTrue();
        assertThat(harness.passedOn.stream().mapToInt(Payload::records).sum()).isEqualTo(3);
        assertThat(harness.passedOn.stream().mapToLong(Payload::receivedBytes).sum())
                .as("what ledgers count is neither made nor lost")
                .isEqualTo(received);
        assertThat(harness.processor().held()).isEqualTo(Count.ZERO);
        harness.releaseAll();
        assertThat(payload.refCnt()).as("references").isZero();
    }

    @Test
    void aRefusalFromBehindComesBackUnchanged() {
        ProcessorHarness harness = harness(Signal.LOGS);
        harness.answer = Refusal.retryable(DropReason.QUEUE_FULL, "full", Duration.ofSeconds(3));
        RecordingResult result = harness.send(Fixtures.logs("shop", 1));
        harness.timer.advance(LONG_ENOUGH);
        assertThat(result.refusal()).isEqualTo(harness.answer);
        harness.releaseAll();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRACES", "LOGS"})
    void theBooksBalanceWhateverComes(Signal signal) throws Exception {
        ProcessorHarness harness = harness(signal);
        List<Payload> sent = new ArrayList<>();
        List<RecordingResult> results = new ArrayList<>();
        for (int seed = 0; seed < 50; seed++) {
            RandomWire wire = new RandomWire(seed, false);
            Payload payload = Payload.walk(signal, wire.buffer(wire.request(signal)));
            sent.add(payload);
            results.add(harness.send(payload));
            assertThat(harness.missing()).as("seed %d", seed).isEqualTo(Count.ZERO);
        }
        harness.timer.advance(LONG_ENOUGH);
        assertThat(harness.missing()).isEqualTo(Count.ZERO);
        assertThat(results).allMatch(RecordingResult::isDone);
        for (Payload payload : harness.passedOn) {
            byte[] bytes = Fixtures.copy(payload);
            assertThat(Payload.walk(signal, io.netty.buffer.Unpooled.wrappedBuffer(bytes))
                            .records())
                    .as("records really in it")
                    .isEqualTo(payload.records());
        }
        harness.releaseAll();
        assertThat(sent).allMatch(payload -> payload.refCnt() == 0);
    }

    @Test
    void anEmptyRequestIsAnsweredToo() {
        ProcessorHarness harness = harness(Signal.LOGS);
        RecordingResult result = harness.send(Fixtures.payload(
                Signal.LOGS, io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest.getDefaultInstance()));
        harness.timer.advance(LONG_ENOUGH);
        assertThat(result.isAccepted()).isTrue();
        harness.releaseAll();
    }

    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() throws Exception {
        ProcessorHarness harness = harness(Signal.PROFILES);
        // one group with an empty resource, then the dictionary, field 2, with three bytes of its own
        byte[] request = {0x0A, 0x02, 0x0A, 0x00, 0x12, 0x03, 0x0A, 0x01, 0x78};
        RecordingResult result =
                harness.send(Payload.walk(Signal.PROFILES, io.netty.buffer.Unpooled.wrappedBuffer(request)));
        harness.timer.advance(LONG_ENOUGH);
        assertThat(result.isAccepted()).isTrue();
        byte[] out = Fixtures.copy(harness.passedOn.getFirst());
        assertThat(java.util.Arrays.copyOfRange(out, out.length - 5, out.length))
                .isEqualTo(java.util.Arrays.copyOfRange(request, 4, 9));
        harness.releaseAll();
    }

    @Test
    void afterStoppingItHoldsNothingBack() {
        ProcessorHarness harness = harness(Signal.LOGS);
        RecordingResult before = harness.send(Fixtures.logs("shop", 1));
        harness.processor().stop(Duration.ofSeconds(1));
        assertThat(before.isAccepted()).isTrue();
        assertThat(harness.send(Fixtures.logs("late", 1)).isAccepted()).isTrue();
        assertThat(harness.processor().held()).isEqualTo(Count.ZERO);
        harness.releaseAll();
    }
}
