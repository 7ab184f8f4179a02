package io.lightvessel.pipeline.sampling;

/** Finds the threshold for one item after the other, and whether it is sampled. Used by one thread at a time. */
final class Decision {

    /** Where the randomness came from, as the metric's label {@code policy} spells it. */
    enum Policy {
        MISSING_RANDOMNESS,
        TRACE_ID_HASH,
        TRACE_ID_W3C,
        SAMPLING_RANDOMNESS,
        SAMPLING_PRIORITY,
        /** An attribute, whose name is the label. */
        ATTRIBUTE
    }

    /** What {@link #arriving} is given when the item has no threshold. */
    static final long NONE = -1;

    private final Sampling sampling;
    private final long fixed;
    private Policy policy = Policy.MISSING_RANDOMNESS;
    private long randomness;
    private boolean random;
    private long threshold;
    private boolean consistent;

    Decision(Sampling sampling) {
        this.sampling = sampling;
        this.fixed = sampling.threshold();
    }

    /** Begins with an item of which nothing is known. */
    void begin() {
        policy = Policy.MISSING_RANDOMNESS;
        randomness = Randomness.MOST;
        random = false;
        consistent = true;
    }

    void randomness(Policy from, long bits) {
        policy = from;
        randomness = bits;
        random = true;
    }

    /** Whether it was told any randomness, whatever the policy has become since. */
    boolean isRandom() {
        return random;
    }

    long randomness() {
        return randomness;
    }

    /** The item's own words on sampling cannot be read or must not be there. */
    void inconsistent() {
        consistent = false;
    }

    /**
     * Finds the threshold.
     *
     * @param arriving the threshold the item was sampled with before; {@link #NONE} if it has none
     * @return whether the arriving threshold is to be believed
     */
    boolean arriving(long arriving) {
        boolean believed = true;
        if (consistent && !isRandom()) {
            consistent = false;
        } else if (consistent && arriving > randomness) {
            // It would not have come here with that threshold, so the threshold is wrong.
            consistent = false;
            believed = false;
        }
        if (!consistent) {
            threshold = sampling.failClosed() ? Threshold.NEVER : Threshold.ALWAYS;
        } else {
            threshold = switch (sampling.mode()) {
                case HASH_SEED, NEVER -> fixed;
                case EQUALIZING -> Math.max(fixed, arriving);
                case PROPORTIONAL -> {
                    double before = arriving == NONE ? 1 : Threshold.probability(arriving);
                    yield Threshold.of(before * sampling.percentage() / 100, sampling.precision());
                }
            };
        }
        return believed;
    }

    /** What the item demands for itself outweighs all else. */
    void priority(long demanded) {
        threshold = demanded;
        policy = Policy.SAMPLING_PRIORITY;
    }

    boolean isSampled() {
        return threshold <= randomness;
    }

    long threshold() {
        return threshold;
    }

    Policy policy() {
        return policy;
    }
}
