package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.time.Duration;

/** Leads from a receiver into the graph in charge at that moment. */
final class ReceiverOutlet implements Outlet {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ComponentId receiver;
    private final Signal signal;
    private final GraphSlot slot;
    private final IntakeBooks intake;
    private final SourceBooks sources;

    ReceiverOutlet(ComponentId receiver, Signal signal, String transport, GraphSlot slot, Books books) {
        this.receiver = receiver;
        this.signal = signal;
        this.slot = slot;
        this.intake = books.intake(receiver, transport, signal);
        this.sources = books.sources();
    }

    @Override
    public boolean isConnected() {
        return slot.current().entrance(receiver, signal) != null;
    }

    @Override
    public void turnedAway(DropReason reason) {
        intake.turnedAway(reason);
    }

    @Override
    public void leftOut(DropReason reason, long records, long bytes) {
        for (Pipeline pipeline : slot.current().pipelines()) {
            Entrance entrance = pipeline.entrances().get(receiver);
            if (entrance != null && pipeline.spec().signal() == signal) {
                entrance.leftOut(reason, records, bytes);
            }
        }
    }

    @Override
    public void accept(Payload payload, Result result) {
        Graph graph = slot.enter();
        try {
            Consumer entrance = graph.entrance(receiver, signal);
            if (entrance == null) {
                refuse(payload, result, graph);
            } else {
                entrance.accept(payload, new Arrival(payload.retain(), result));
            }
        } finally {
            graph.leave();
        }
    }

    private void refuse(Payload payload, Result result, Graph graph) {
        intake.refused(payload.records());
        payload.release();
        // A receiver the graph does not know is starting or stopping: the producer finds another way in later.
        result.refused(
                graph.hasReceiver(receiver)
                        ? Refusal.permanent(
                                DropReason.NO_PIPELINE, "no pipeline takes " + signal.label() + " from " + receiver)
                        : Refusal.retryable(
                                DropReason.SHUTTING_DOWN, "the receiver " + receiver + " is stopping", RETRY_AFTER));
    }

    /** Counts a payload when its fate is known, for only what was accepted is the producer's work done. */
    private final class Arrival implements Result {

        private final Payload payload;
        private final Result result;

        Arrival(Payload payload, Result result) {
            this.payload = payload;
            this.result = result;
        }

        @Override
        public void accepted() {
            intake.accepted(payload.records());
            sources.count(receiver, payload);
            payload.release();
            result.accepted();
        }

        @Override
        public void refused(Refusal refusal) {
            intake.refused(payload.records());
            payload.release();
            result.refused(refusal);
        }
    }
}
