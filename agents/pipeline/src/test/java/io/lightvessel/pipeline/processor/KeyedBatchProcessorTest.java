package io.lightvessel.pipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedBatchProcessorTest extends ProcessorContract {

    private static final String SETTINGS = "{ timeout: 1m, metadata_keys: [X-Tenant], metadata_cardinality_limit: 2 }";

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "batch", SETTINGS);
    }

    @Test
    void onlyRequestsWithTheSameValuesAreMergedAndTheseStay() {
        ProcessorHarness harness = harness(Signal.LOGS);
        harness.send(from("blue", "1"));
        harness.send(from("red", "2"));
        harness.send(from("blue", "3"));
        assertThat(harness.processor().held().records()).isEqualTo(3);
        harness.timer.advance(Duration.ofMinutes(1));
        assertThat(harness.passedOn).hasSize(2);
        Payload blue = passedOn(harness, "blue");
        assertThat(blue.records()).isEqualTo(2);
        assertThat(blue.metadata()).isEqualTo(Metadata.of(Map.of("x-tenant", List.of("blue"))));
        assertThat(passedOn(harness, "red").records()).isEqualTo(1);
        harness.releaseAll();
    }

    @Test
    void clientsCannotMakeBatchesWithoutEnd() {
        ProcessorHarness harness = harness(Signal.LOGS);
        harness.send(from("blue", "1"));
        harness.send(from("red", "2"));
        harness.send(from("green", "3"));
        assertThat(harness.refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.isRetryable()).isTrue();
            assertThat(refusal.message())
                    .isEqualTo("batch: more than 2 combinations of metadata at a time (metadata_cardinality_limit)");
        });
        harness.timer.advance(Duration.ofMinutes(1));
        harness.send(from("green", "3"));
        assertThat(harness.refusals).hasSize(1);
        harness.processor().stop(Duration.ofSeconds(1));
        assertThat(harness.passedOn).hasSize(3);
        harness.releaseAll();
    }

    @Test
    void withoutKeysMetadataStaysOnlyWhereAllAgree() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "batch", "{ timeout: 1m }");
        harness.send(from("blue", "1"));
        harness.send(from("blue", "1"));
        harness.timer.advance(Duration.ofMinutes(1));
        harness.send(from("blue", "1"));
        harness.send(from("red", "1"));
        harness.timer.advance(Duration.ofMinutes(1));
        assertThat(harness.passedOn).hasSize(2);
        assertThat(harness.passedOn.get(0).metadata().first("X-Tenant")).isEqualTo("blue");
        assertThat(harness.passedOn.get(1).metadata()).isEqualTo(Metadata.EMPTY);
        harness.releaseAll();
    }

    private static Payload passedOn(ProcessorHarness harness, String tenant) {
        return harness.passedOn.stream()
                .filter(payload -> tenant.equals(payload.metadata().first("x-tenant")))
                .findFirst()
                .orElseThrow();
    }

    private static Payload from(String tenant, String other) {
        Payload payload = Fixtures.logs("shop", 1);
        return payload.with(Metadata.of(Map.of("X-Tenant", List.of(tenant), "x-request", List.of(other))));
    }
}
