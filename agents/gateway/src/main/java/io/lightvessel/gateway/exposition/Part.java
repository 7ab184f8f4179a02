package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;

/** Which of the series of a family a sample belongs to. */
enum Part {
    /** The one that is called like the family, or no part of the family at all. */
    WHOLE(""),
    COUNT("_count"),
    SUM("_sum"),
    BUCKET("_bucket"),
    QUANTILE("");

    private final String suffix;
    private final byte[] bytes;

    Part(String suffix) {
        this.suffix = suffix;
        bytes = suffix.getBytes(StandardCharsets.US_ASCII);
    }

    String suffix() {
        return suffix;
    }

    byte[] bytes() {
        return bytes;
    }
}
