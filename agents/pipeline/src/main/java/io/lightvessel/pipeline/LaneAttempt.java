package io.lightvessel.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to export one entry; makes sure that an exporter's second thoughts are not counted. */
final class LaneAttempt implements Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(LaneAttempt.class);

    private final LaneSender sender;
    private final LaneEntry entry;
    private final AtomicBoolean completed = new AtomicBoolean();

    LaneAttempt(LaneSender sender, LaneEntry entry) {
        this.sender = sender;
        this.entry = entry;
    }

    @Override
    public void delivered() {
        if (complete()) {
            sender.delivered(entry, 0, null);
        }
    }

    @Override
    public void partlyDelivered(long rejectedRecords, String message) {
        if (complete()) {
            sender.delivered(entry, rejectedRecords, message);
        }
    }

    @Override
    public void failed(Refusal refusal) {
        if (complete()) {
            sender.failed(entry, refusal);
        }
    }

    private boolean complete() {
        boolean first = completed.compareAndSet(false, true);
        if (!first) {
            LOG.error("{}: a delivery was completed twice, which the contract forbids", entry.payload());
        }
        return first;
    }
}
