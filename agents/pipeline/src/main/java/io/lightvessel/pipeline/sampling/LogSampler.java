package io.lightvessel.pipeline.sampling;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.rewrite.AnyValue;
import io.lightvessel.pipeline.rewrite.AnyValues;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.AttributeKey;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.RequestVisitor;
import io.lightvessel.pipeline.rewrite.ValueText;
import io.lightvessel.pipeline.rewrite.Verdict;
import java.nio.charset.StandardCharsets;

/** Samples log records by their trace's id or an attribute and notes in attributes with which probability. */
final class LogSampler implements RequestVisitor {

    private static final AttributeKey THRESHOLD = new AttributeKey("sampling.threshold");
    private static final AttributeKey RANDOMNESS = new AttributeKey("sampling.randomness");
    private static final int TRACE_ID = 9;

    private final Sampling sampling;
    private final Decision decision;
    private final Tally tally;
    private final AttributeKey source;
    private final AttributeKey priority;

    LogSampler(Sampling sampling, Tally tally) {
        this.sampling = sampling;
        this.decision = new Decision(sampling);
        this.tally = tally;
        this.source = new AttributeKey(sampling.fromAttribute());
        this.priority = new AttributeKey(sampling.priority());
    }

    @Override
    public void end() {
        tally.report();
    }

    @Override
    public Verdict record(Message log) throws MalformedPayload {
        decision.begin();
        String randomness = text(log, RANDOMNESS);
        String threshold = text(log, THRESHOLD);
        long explicit = randomness.length() == Threshold.MOST_DIGITS ? Hex.parse(randomness) : -1;
        long arriving = threshold.isEmpty() ? Decision.NONE : Threshold.parse(threshold);
        boolean readable =
                (randomness.isEmpty() || explicit >= 0) && (threshold.isEmpty() || arriving != Decision.NONE);
        boolean notes = readable;
        switch (sampling.mode()) {
            case HASH_SEED -> {
                hash(log);
                // Somebody samples consistently, which hashing would spoil.
                notes = readable && randomness.isEmpty() && threshold.isEmpty();
            }
            case EQUALIZING, PROPORTIONAL -> {
                if (readable) {
                    traceRandomness(log, explicit);
                }
            }
            case NEVER ->
                decision.randomness(Decision.Policy.SAMPLING_PRIORITY, explicit >= 0 ? explicit : Randomness.MOST);
        }
        if (!notes) {
            decision.inconsistent();
        }
        if (!decision.arriving(notes ? arriving : Decision.NONE)) {
            arriving = Decision.NONE;
        }
        if (!sampling.priority().isEmpty()) {
            applyPriority(log);
        }
        boolean sampled = decision.isSampled();
        tally.add(decision.policy(), sampled);
        if (!sampled) {
            return Verdict.DROP;
        }
        if (notes) {
            note(log, arriving);
        }
        return Verdict.KEEP;
    }

    private void traceRandomness(Message log, long explicit) throws MalformedPayload {
        if (explicit >= 0) {
            decision.randomness(Decision.Policy.SAMPLING_RANDOMNESS, explicit);
            return;
        }
        int id = traceId(log);
        if (id >= 0) {
            decision.randomness(
                    Decision.Policy.TRACE_ID_W3C, Randomness.ofTraceId(log.fieldArray(id), log.fieldFrom(id)));
        }
    }

    private void hash(Message log) throws MalformedPayload {
        int id = sampling.byTraceId() ? traceId(log) : -1;
        if (id >= 0) {
            decision.randomness(
                    Decision.Policy.TRACE_ID_HASH,
                    Randomness.ofHash(log.fieldArray(id), log.fieldFrom(id), log.fieldTo(id), sampling.hashSeed()));
            return;
        }
        int attribute = sampling.fromAttribute().isEmpty() ? -1 : log.find(source);
        if (attribute < 0) {
            return;
        }
        AnyValue value = log.value(attribute);
        switch (value.kind()) {
            case STRING, BYTES -> hashAttribute(value.bytes(), value.from(), value.to());
            case EMPTY, BOOL, INT, DOUBLE, ARRAY, KVLIST -> {
                byte[] text = ValueText.of(value).getBytes(StandardCharsets.UTF_8);
                hashAttribute(text, 0, text.length);
            }
        }
    }

    private void hashAttribute(byte[] bytes, int from, int to) {
        if (from < to) {
            decision.randomness(Decision.Policy.ATTRIBUTE, Randomness.ofHash(bytes, from, to, sampling.hashSeed()));
        }
    }

    private static int traceId(Message log) throws MalformedPayload {
        int id = log.fieldOfType(TRACE_ID, WireReader.LENGTH_DELIMITED);
        return id >= 0 && Randomness.isTraceId(log.fieldArray(id), log.fieldFrom(id), log.fieldTo(id)) ? id : -1;
    }

    /** A percentage of the record's own: 0 never samples it, a larger one than the configured raises that. */
    private void applyPriority(Message log) throws MalformedPayload {
        int attribute = log.find(priority);
        if (attribute < 0) {
            return;
        }
        AnyValue value = log.value(attribute);
        double percentage = switch (value.kind()) {
            case INT -> value.integer();
            case DOUBLE -> value.decimal();
            case EMPTY, STRING, BOOL, ARRAY, KVLIST, BYTES -> -1;
        };
        if (percentage == 0) {
            decision.priority(Threshold.NEVER);
        } else if (percentage > 0) {
            long demanded = Threshold.of(percentage / 100, sampling.precision());
            if (demanded < decision.threshold()) {
                decision.priority(demanded);
            }
        }
    }

    private void note(Message log, long arriving) throws MalformedPayload {
        if (sampling.mode() == Sampling.Mode.HASH_SEED && decision.isRandom()) {
            put(log, RANDOMNESS, Hex.format(decision.randomness()));
        }
        // A threshold only grows: what was left out before does not come back.
        if (decision.threshold() >= arriving) {
            put(log, THRESHOLD, Threshold.format(decision.threshold()));
        }
    }

    private static void put(Message log, AttributeKey key, String text) throws MalformedPayload {
        Arena arena = log.arena();
        int from = arena.size();
        AnyValues.writeText(arena, text);
        log.put(key, arena.array(), from, arena.size());
    }

    private static String text(Message log, AttributeKey key) throws MalformedPayload {
        int attribute = log.find(key);
        if (attribute < 0) {
            return "";
        }
        AnyValue value = log.value(attribute);
        return value.kind() == AnyValue.Kind.STRING ? value.text() : "";
    }
}
