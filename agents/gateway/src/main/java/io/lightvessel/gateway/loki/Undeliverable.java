package io.lightvessel.gateway.loki;

import java.util.Locale;

/** Why a log record cannot be a line of a stream. */
enum Undeliverable {
    NO_LABELS("without a single label"),
    LINE_TOO_LONG("whose line is longer than max_line_size");

    private final String words;

    Undeliverable(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
