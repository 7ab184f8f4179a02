package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final LedgerWatch watch = new LedgerWatch(new ManualTimer(), changes::incrementAndGet);
    private final PipelineBooks books = new PipelineBooks(PipelineId.of(Signal.LOGS));

    private void look() {
        watch.look(() -> List.of(books.ledger(Count.ZERO)));
    }

    @Test
    void anImbalanceThatStaysIsAnError() {
        books.received(10, 1000);
        books.delivered(7, 700);
        look();
        look();
        assertThat(watch.imbalanceOf(books.pipeline())).isEmpty();
        look();
        assertThat(watch.imbalanceOf(books.pipeline())).hasValueSatisfying(health -> {
            assertThat(health.healthy()).isFalse();
            assertThat(health.lastError())
                    .isEqualTo("the ledger does not balance: 3 records, 300 bytes were received and are neither "
                            + "delivered nor queued nor dropped");
        });
        assertThat(changes).hasValue(1);
        books.dropped("processor/filter", DropReason.SHUTDOWN, 3, 300);
        look();
        assertThat(watch.imbalanceOf(books.pipeline())).isEmpty();
        assertThat(changes).hasValue(2);
    }

    @Test
    void whileTelemetryMovesNothingIsSaid() {
        for (int i = 0; i < 10; i++) {
            books.received(10, 1000);
            look();
            books.delivered(9, 900);
        }
        assertThat(watch.imbalanceOf(books.pipeline())).isEmpty();
    }
}
