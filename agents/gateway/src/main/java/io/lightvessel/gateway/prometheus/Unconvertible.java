package io.lightvessel.gateway.prometheus;

import java.util.Locale;

/** Why a data point has no form in remote write. */
enum Unconvertible {
    DELTA_TEMPORALITY("with delta temporality"),
    UNKNOWN_TEMPORALITY("without a temporality"),
    NO_NAME("of metrics without a name"),
    NO_TIMESTAMP("without a timestamp"),
    NO_VALUE("without a value"),
    SCALE_TOO_COARSE("of exponential histograms coarser than scale -4");

    private final String words;

    Unconvertible(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
