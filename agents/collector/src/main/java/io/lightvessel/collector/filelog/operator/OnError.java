package io.lightvessel.collector.filelog.operator;

import io.lightvessel.config.Settings;
import java.util.Locale;

/** What becomes of a line that an operator cannot read. */
enum OnError {
    SEND,
    SEND_QUIET,
    DROP,
    DROP_QUIET;

    /** By an operator's settings. */
    static OnError of(Settings settings) {
        return valueOf(settings.optionalString("on_error").orElse("send").toUpperCase(Locale.ROOT));
    }

    boolean drops() {
        return this == DROP || this == DROP_QUIET;
    }

    boolean isQuiet() {
        return this == SEND_QUIET || this == DROP_QUIET;
    }
}
