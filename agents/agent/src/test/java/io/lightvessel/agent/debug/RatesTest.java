package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.FlowSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final PipelineId LOGS = PipelineId.of(Signal.LOGS);
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private FlowSnapshot flow = at(0, 0);
    private final Rates rates = new Rates(() -> flow);

    @Test
    void theFirstLookKnowsNoRate() {
        assertThat(rate()).isEmpty();
    }

    @Test
    void ratesAreOverTheLastSecondsOnly() {
        rate();
        flow = at(2_000, 30);
        assertThat(rate()).hasValue(new Rates.Rate(15, 150));
        flow = at(4_000, 30);
        assertThat(rate()).hasValue(new Rates.Rate(7.5, 75));
        flow = at(60_000, 1_000);
        assertThat(rate()).as("nobody has looked for long").isEmpty();
    }

    @Test
    void severalViewersDoNotShortenTheSpan() {
        rate();
        flow = at(1_000, 10);
        rate();
        flow = at(1_010, 10);
        assertThat(rate().orElseThrow().records()).isBetween(9.8, 10.0);
    }

    @Test
    void countsThatBeganAgainAreNoNegativeRate() {
        flow = at(0, 100);
        rate();
        flow = at(2_000, 10);
        assertThat(rate()).hasValue(new Rates.Rate(0, 0));
    }

    private Optional<Rates.Rate> rate() {
        return rates.look().rate(snapshot -> Rates.View.edge(snapshot, LOGS, "receiver/otlp", "exporter/debug"));
    }

    private static FlowSnapshot at(long millis, long records) {
        FlowSnapshot.Edge edge =
                new FlowSnapshot.Edge(LOGS, "receiver/otlp", "exporter/debug", new Count(records, records * 10));
        return new FlowSnapshot(START, START.plusMillis(millis), List.of(), List.of(edge), List.of(), List.of());
    }
}
