package io.lightvessel.pipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RecordingResult;
import io.lightvessel.pipeline.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryLimiterTest extends ProcessorContract {

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "memory_limiter", "{ limit_mib: 100 }");
    }

    private final ProcessorHarness harness =
            new ProcessorHarness(Signal.LOGS, "memory_limiter", "{ limit_mib: 10, spike_limit_mib: 4 }");

    @Test
    void refusesAboveItsSoftLimitAndRecovers() {
        var lease = harness.budget.tryAcquire((6 << 20) + 1);
        RecordingResult refused = harness.send(Fixtures.logs("a", 1));
        assertThat(refused.refusal())
                .isEqualTo(Refusal.retryable(
                        DropReason.MEMORY_LIMIT,
                        "memory_limiter: 6291457 bytes of telemetry are in the agent (limit: 6291456)",
                        Duration.ofSeconds(1)));
        lease.release();
        assertThat(harness.send(Fixtures.logs("a", 1)).isAccepted()).isTrue();
        harness.releaseAll();
    }

    @Test
    void aClientWithinItsShareGetsInBesideOneThatFills() throws Exception {
        var hoard = harness.budget.tryAcquire(6 << 20, "hog");
        assertThat(harness.send(from("hog")).refusal().reason()).isEqualTo(DropReason.MEMORY_LIMIT);
        assertThat(harness.send(from("modest")).isAccepted()).isTrue();
        hoard.release();
        assertThat(harness.send(from("hog")).isAccepted()).isTrue();
        harness.releaseAll();
    }

    @Test
    void whatNobodySentTakesRoomFromAll() throws Exception {
        var replayed = harness.budget.tryAcquire(6 << 20);
        assertThat(harness.send(from("modest")).refusal().reason()).isEqualTo(DropReason.MEMORY_LIMIT);
        replayed.release();
        harness.releaseAll();
    }

    private Payload from(String client) throws MalformedPayload {
        Payload logs = Fixtures.logs("a", 1);
        return Payload.walk(Signal.LOGS, logs.bytes(), harness.budget.tryAcquire(1024, client));
    }
}
