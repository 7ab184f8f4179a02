package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.wire.flow.Count;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.flow.PipelineLedger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlowTrackerTest {
    private static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");

    private final FlowTracker tracker = new FlowTracker();

    private double received(long atSecond) {
        return tracker.rates(T0.plusSeconds(atSecond)).received().recordsPerSecond();
    }

    @Test
    void oneReportIsNoRateYetButSaysThatDataCame() {
        assertThat(tracker.sawData()).isFalse();
        tracker.add(Reports.traces(0, 5, 100), T0);
        assertThat(tracker.sawData()).isTrue();
        assertThat(received(0)).isZero();
        assertThat(tracker.sources(T0)).hasSize(1);
    }

    @Test
    void twoReportsMakeARateByTheAgentsClock() {
        tracker.add(Reports.traces(0, 5, 100), T0);
        tracker.add(Reports.traces(0, 10, 600), T0.plusSeconds(9));
        assertThat(received(9)).isEqualTo(100);
        assertThat(tracker.rates(T0.plusSeconds(9)).received().bytesPerSecond()).isEqualTo(10_000);
        assertThat(tracker.destinations(T0.plusSeconds(9)).getFirst().rate().recordsPerSecond())
                .isEqualTo(100);
    }

    @Test
    void aLostReportCostsNothingButResolution() {
        tracker.add(Reports.traces(0, 5, 100), T0);
        tracker.add(Reports.traces(0, 15, 1_100), T0.plusSeconds(10));
        assertThat(received(10)).isEqualTo(100);
    }

    @Test
    void aRestartBeginsAtZeroAndNeverMakesARateNegative() {
        tracker.add(Reports.traces(0, 100, 1_000_000), T0);
        tracker.add(Reports.traces(101, 105, 40), T0.plusSeconds(5));
        assertThat(received(5)).isEqualTo(10);
        tracker.add(Reports.traces(101, 110, 90), T0.plusSeconds(10));
        assertThat(received(10)).isEqualTo(10);
    }

    @Test
    void anOldReportIsIgnored() {
        tracker.add(Reports.traces(0, 5, 100), T0);
        tracker.add(Reports.traces(0, 10, 600), T0.plusSeconds(5));
        tracker.add(Reports.traces(0, 5, 100), T0.plusSeconds(6));
        assertThat(received(6)).isEqualTo(100);
    }

    @Test
    void aProcessWhoseClockIsBehindStartsAnew() {
        tracker.add(Reports.traces(50, 60, 600), T0);
        tracker.add(Reports.traces(10, 20, 100), T0.plusSeconds(5));
        assertThat(received(5)).isZero();
        tracker.add(Reports.traces(10, 25, 150), T0.plusSeconds(10));
        assertThat(received(10)).isEqualTo(10);
    }

    @Test
    void ratesFallToZeroWhenReportsStopAndTheFlowsStayListed() {
        tracker.add(Reports.traces(0, 5, 100), T0);
        tracker.add(Reports.traces(0, 10, 600), T0.plusSeconds(5));
        assertThat(received(19)).isEqualTo(100);
        assertThat(received(20)).isZero();
        assertThat(tracker.sources(T0.plusSeconds(20)))
                .singleElement()
                .satisfies(source -> assertThat(source.rate()).isEqualTo(Rate.ZERO));
    }

    @Test
    void dropsOfAllReasonsAndWhatIsQueuedAreSummed() {
        tracker.add(ledger(5, 0, 0, 3), T0);
        tracker.add(ledger(10, 10, 20, 8), T0.plusSeconds(5));
        AgentRates rates = tracker.rates(T0.plusSeconds(5));
        assertThat(rates.dropped().recordsPerSecond()).isEqualTo(6);
        assertThat(rates.queuedRecords()).isEqualTo(8);
    }

    private static FlowReport ledger(long second, long refused, long overflow, long queued) {
        return FlowReport.newBuilder()
                .setStartTimeUnixNano(1)
                .setTimeUnixNano(second * 1_000_000_000L)
                .addPipelines(PipelineLedger.newBuilder()
                        .setPipeline("logs")
                        .setSignal("logs")
                        .setQueued(Count.newBuilder().setRecords(queued))
                        .putDropped("refused", Reports.count(refused))
                        .putDropped("queue_full", Reports.count(overflow)))
                .build();
    }
}
