package io.lightvessel.pipeline.sampling;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.attributes.Numbers;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.Verdict;

/** Samples spans by their trace's id and notes in their tracestate with which probability. */
final class SpanSampler implements RequestVisitor {

    private static final AttributeKey PRIORITY = new AttributeKey("sampling.priority");
    private static final int TRACE_ID = 1;
    private static final int TRACE_STATE = 3;

    private final Sampling sampling;
    private final Decision decision;
    private final Tally tally;
    private final TraceState state = new TraceState();

    SpanSampler(Sampling sampling, Tally tally) {
        this.sampling = sampling;
        this.decision = new Decision(sampling);
        this.tally = tally;
    }

    @Override
    public void end() {
        tally.report();
    }

    @Override
    public Verdict record(Message span) throws MalformedPayload {
        decision.begin();
        String before = span.text(TRACE_STATE);
        boolean readable = state.read(before);
        boolean changesState = readable;
        if (readable) {
            changesState = findRandomness(span);
        } else {
            decision.inconsistent();
            if (sampling.mode() == Sampling.Mode.HASH_SEED) {
                hashTraceId(span);
            } else if (sampling.mode() == Sampling.Mode.NEVER) {
                decision.randomness(Decision.Policy.SAMPLING_PRIORITY, Randomness.MOST);
            }
        }
        if (!decision.arriving(changesState ? state.threshold() : Decision.NONE)) {
            state.clearThreshold();
        }
        applyPriority(span);
        boolean sampled = decision.isSampled();
        tally.add(decision.policy(), sampled);
        if (!sampled) {
            return Verdict.DROP;
        }
        if (changesState) {
            noteThreshold(span, before);
        }
        return Verdict.KEEP;
    }

    /** Returns whether the tracestate is ours to change. */
    private boolean findRandomness(Message span) throws MalformedPayload {
        switch (sampling.mode()) {
            case HASH_SEED -> {
                hashTraceId(span);
                if (state.randomness() >= 0 || state.threshold() != Decision.NONE) {
                    // Somebody samples consistently, which hashing would spoil.
                    decision.inconsistent();
                    return false;
                }
                if (decision.isRandom()) {
                    state.setRandomness(decision.randomness());
                }
            }
            case EQUALIZING, PROPORTIONAL -> {
                if (state.randomness() >= 0) {
                    decision.randomness(Decision.Policy.SAMPLING_RANDOMNESS, state.randomness());
                } else {
                    int id = traceId(span);
                    if (id >= 0) {
                        decision.randomness(
                                Decision.Policy.TRACE_ID_W3C,
                                Randomness.ofTraceId(span.fieldArray(id), span.fieldFrom(id)));
                    }
                }
            }
            case NEVER -> decision.randomness(Decision.Policy.SAMPLING_PRIORITY, Randomness.MOST);
        }
        return true;
    }

    private void hashTraceId(Message span) throws MalformedPayload {
        int id = traceId(span);
        if (id >= 0) {
            decision.randomness(
                    Decision.Policy.TRACE_ID_HASH,
                    Randomness.ofHash(span.fieldArray(id), span.fieldFrom(id), span.fieldTo(id), sampling.hashSeed()));
        }
    }

    private static int traceId(Message span) throws MalformedPayload {
        int id = span.fieldOfType(TRACE_ID, WireReader.LENGTH_DELIMITED);
        return id >= 0 && Randomness.isTraceId(span.fieldArray(id), span.fieldFrom(id), span.fieldTo(id)) ? id : -1;
    }

    /** OpenTracing's hint: 0 asks not to sample, more than 0 to sample. */
    private void applyPriority(Message span) throws MalformedPayload {
        int attribute = span.find(PRIORITY);
        if (attribute < 0) {
            return;
        }
        AnyValue value = span.value(attribute);
        double priority = switch (value.kind()) {
            case INT -> value.integer();
            case DOUBLE -> value.decimal();
            case STRING -> Numbers.decimal(value.text()).orElse(-1);
            case EMPTY, BOOL, ARRAY, KVLIST, BYTES -> -1;
        };
        if (priority == 0) {
            decision.priority(Threshold.NEVER);
        } else if (priority > 0) {
            decision.priority(Threshold.ALWAYS);
        }
    }

    private void noteThreshold(Message span, String before) throws MalformedPayload {
        // A threshold only grows: what was left out before does not come back.
        if (decision.threshold() >= state.threshold()) {
            state.setThreshold(decision.threshold());
        }
        String after = state.toString();
        if (!after.equals(before)) {
            span.setText(TRACE_STATE, after);
        }
    }
}
