package io.lightvessel.gateway.loki;

import java.util.Locale;
import java.util.Optional;

/** What a log line holds: the body alone, or the whole record in one of two notations. */
enum LineFormat {
    RAW,
    JSON,
    LOGFMT;

    static Optional<LineFormat> of(String word) {
        for (LineFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
