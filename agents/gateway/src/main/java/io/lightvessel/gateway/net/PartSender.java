package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sends the requests that a payload came to, some at a time and in their order, and says once how that went. */
public final class PartSender<P> {

    /** Sends one request and calls back once, on any thread. */
    @FunctionalInterface
    public interface Wire<P> {
        void send(P part, Consumer<PartAnswer> answered);
    }

    /** How sending a payload ended. */
    public sealed interface Outcome {

        /** Everything was answered for good; of the records, some were rejected. */
        record Finished(long rejected, String message) implements Outcome {}

        /** Some requests have to be sent again; those that are done are remembered. */
        record Retry(Refusal refusal) implements Outcome {}

        /** The payload has to be made into other requests. */
        record OtherForm(String message) implements Outcome {}
    }

    private final Payload payload;
    private final List<P> parts;
    private final ToLongFunction<P> records;
    private final int atOnce;
    private final Progress progress;
    private final Progress.State state;
    private final Wire<P> wire;
    private final Consumer<Outcome> ended;

    private int next;
    /** Negative once the end has been told. */
    private int underWay;

    private boolean stopped;
    private boolean hopeless;
    private @Nullable Refusal refusal;
    private @Nullable String otherForm;

    /**
     * @param records how many of the payload's records a part carries
     * @param atOnce most requests under way at a time
     */
    public PartSender(
            Payload payload,
            List<P> parts,
            ToLongFunction<P> records,
            int atOnce,
            Progress progress,
            Wire<P> wire,
            Consumer<Outcome> ended) {
        this.payload = payload;
        this.parts = parts;
        this.records = records;
        this.atOnce = atOnce;
        this.progress = progress;
        this.state = progress.of(payload);
        this.wire = wire;
        this.ended = ended;
    }

    /** Sends what there is; call it once. */
    public void start() {
        pump();
    }

    private void pump() {
        while (true) {
            int index;
            synchronized (this) {
                if (underWay < 0) {
                    return;
                }
                next = state.done.nextClearBit(next);
                if (stopped || next >= parts.size()) {
                    if (underWay > 0) {
                        return;
                    }
                    underWay = -1;
                    break;
                }
                if (underWay >= atOnce) {
                    return;
                }
                underWay++;
                index = next++;
            }
            wire.send(parts.get(index), answer -> answered(index, answer));
        }
        end();
    }

    private void answered(int index, PartAnswer answer) {
        synchronized (this) {
            underWay--;
            switch (answer) {
                case PartAnswer.Done done -> {
                    state.done.set(index);
                    reject(done.rejected(), done.message());
                }
                case PartAnswer.Hopeless gone -> {
                    stopped = true;
                    hopeless = true;
                    reject(0, gone.message());
                }
                case PartAnswer.Again again -> {
                    stopped = true;
                    refusal = longer(refusal, again.refusal());
                }
                case PartAnswer.OtherForm form -> {
                    stopped = true;
                    otherForm = form.message();
                }
            }
        }
        pump();
    }

    private void reject(long count, String message) {
        state.rejected += count;
        if (state.complaint.isEmpty()) {
            state.complaint = message;
        }
    }

    private static Refusal longer(@Nullable Refusal known, Refusal other) {
        if (known == null || known.retryAfter() == null) {
            return other;
        }
        return other.retryAfter() == null || other.retryAfter().compareTo(known.retryAfter()) < 0 ? known : other;
    }

    private void end() {
        Outcome outcome;
        synchronized (this) {
            if (otherForm != null) {
                progress.forget(payload);
                outcome = new Outcome.OtherForm(otherForm);
            } else if (refusal != null && !hopeless) {
                progress.keep(payload, state);
                outcome = new Outcome.Retry(refusal);
            } else {
                progress.forget(payload);
                outcome = new Outcome.Finished(state.rejected + unsent(), state.complaint);
            }
        }
        ended.accept(outcome);
    }

    private long unsent() {
        long sum = 0;
        for (int i = state.done.nextClearBit(0); i < parts.size(); i = state.done.nextClearBit(i + 1)) {
            sum += records.applyAsLong(parts.get(i));
        }
        return sum;
    }
}
