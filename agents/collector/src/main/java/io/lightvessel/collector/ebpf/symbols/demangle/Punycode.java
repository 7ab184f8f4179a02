package io.lightvessel.collector.ebpf.symbols.demangle;

import org.jspecify.annotations.Nullable;

/** Identifiers beyond ASCII as RFC 3492 writes them, with an underline before what is encoded. */
final class Punycode {
    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_POINT = 128;
    private static final int LONGEST = 256;

    private Punycode() {}

    /** Null when it is none. */
    static @Nullable String decode(String text) {
        int split = text.lastIndexOf('_');
        StringBuilder decoded = new StringBuilder(split < 0 ? "" : text.substring(0, split));
        int points = decoded.length();
        int bias = FIRST_BIAS;
        long point = FIRST_POINT;
        long index = 0;
        int at = split + 1;
        while (at < text.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
                if (digit < 0 || weight > Integer.MAX_VALUE) {
                    return null;
                }
                index += digit * weight;
                int threshold = Math.clamp(k - bias, LEAST, MOST);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            points++;
            bias = adapted(index - before, points, before == 0);
            point += index / points;
            index %= points;
            if (point > Character.MAX_CODE_POINT || points > LONGEST || Character.isISOControl((int) point)) {
                return null;
            }
            decoded.insert(decoded.offsetByCodePoints(0, (int) index), Character.toString((int) point));
            index++;
        }
        return decoded.toString();
    }

    private static int adapted(long delta, int points, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return (int) (k + (BASE - LEAST + 1) * rest / (rest + SKEW));
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
