package io.lightvessel.pipeline.sampling;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the letter of OpenTelemetry's probability sampling, with whole numbers as large as they get, for items that
 * carry texts for randomness and threshold wherever their signal keeps them.
 */
record NaiveSampler(String mode, float percentage, int precision, int seed, boolean failClosed) {

    /** What an item says of its sampling: null where it says nothing. */
    record Marks(@Nullable String randomness, @Nullable String threshold) {}

    private static final BigInteger END = BigInteger.TWO.pow(56);
    private static final BigInteger NONE = BigInteger.ONE.negate();

    /**
     * What a sampled item says afterwards; empty when it is left out.
     *
     * @param source what its randomness comes from, if not from the marks
     * @param priority the percentage it demands for itself; null if it demands nothing
     */
    Optional<Marks> sample(byte[] source, Marks before, @Nullable Double priority) {
        boolean hashes = mode.equals("hash_seed");
        boolean alone = leavesAlone(before);
        BigInteger randomness = hashes ? hashed(source) : carried(source, before);
        BigInteger arriving = before.threshold == null
                ? NONE
                : new BigInteger((before.threshold + "0".repeat(14)).substring(0, 14), 16);
        boolean wrong = !alone && randomness != null && arriving.compareTo(randomness) > 0;
        if (wrong) {
            arriving = NONE;
        }
        BigInteger threshold =
                alone || wrong || randomness == null ? failClosed ? END : BigInteger.ZERO : configured(arriving);
        if (priority != null) {
            threshold = priority == 0 ? END : threshold.min(threshold(priority / 100));
        }
        if (threshold.compareTo(randomness == null ? END.subtract(BigInteger.ONE) : randomness) > 0) {
            return Optional.empty();
        }
        if (alone) {
            return Optional.of(before);
        }
        return Optional.of(new Marks(
                hashes && randomness != null ? digits(randomness) : before.randomness,
                threshold.compareTo(arriving) < 0
                        ? before.threshold
                        : digits(threshold).replaceFirst("(?<=.)0+$", "")));
    }

    private BigInteger configured(BigInteger arriving) {
        return switch (mode) {
            case "hash_seed" ->
                BigInteger.valueOf(16384 - (int) (percentage * 163.84f)).shiftLeft(42);
            case "equalizing" -> threshold((double) percentage / 100).max(arriving);
            default ->
                threshold((arriving.equals(NONE) ? 1 : END.subtract(arriving).doubleValue() / END.doubleValue())
                        * percentage
                        / 100);
        };
    }

    /** Hashing would spoil what somebody else samples consistently. */
    boolean leavesAlone(Marks marks) {
        return mode.equals("hash_seed") && (marks.randomness != null || marks.threshold != null);
    }

    private static @Nullable BigInteger carried(byte[] traceId, Marks marks) {
        if (marks.randomness != null) {
            return new BigInteger(marks.randomness, 16);
        }
        return traceId.length == 0 ? null : new BigInteger(1, traceId).mod(END);
    }

    private @Nullable BigInteger hashed(byte[] traceId) {
        if (traceId.length == 0) {
            return null;
        }
        byte[] all = ByteBuffer.allocate(4 + traceId.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(seed)
                .put(traceId)
                .array();
        long hash = 0x811C9DC5L;
        for (byte b : all) {
            hash = (hash ^ b & 0xFF) * 0x01000193L & 0xFFFF_FFFFL;
        }
        // The bucket counts down in front; the hash's other bits fill what is behind it.
        long bucket = hash % 16384;
        long rest = hash >> 18;
        return BigInteger.valueOf(16383 - bucket)
                .shiftLeft(42)
                .or(BigInteger.valueOf(rest ^ rest << 10).shiftLeft(14))
                .or(BigInteger.valueOf(bucket));
    }

    /** So many digits, not counting those that are 0 in the probability or in what is missing to 1. */
    private BigInteger threshold(double probability) {
        if (probability >= 1) {
            return BigInteger.ZERO;
        }
        BigInteger exact = END.subtract(
                scaled(probability).setScale(0, RoundingMode.HALF_UP).toBigInteger());
        int kept = Math.min(14, precision + Math.max(zeroDigits(probability), zeroDigits(1 - probability)));
        BigInteger unit = BigInteger.valueOf(16).pow(14 - kept);
        return exact.add(unit.shiftRight(1)).divide(unit).multiply(unit);
    }

    private static int zeroDigits(double fraction) {
        int digits = 0;
        for (BigDecimal rest = new BigDecimal(fraction); rest.doubleValue() < 1.0 / 16; digits++) {
            rest = rest.multiply(BigDecimal.valueOf(16));
        }
        return digits;
    }

    private static BigDecimal scaled(double probability) {
        return new BigDecimal(probability).multiply(new BigDecimal(END));
    }

    private static String digits(BigInteger bits) {
        return "%014x".formatted(bits);
    }
}
