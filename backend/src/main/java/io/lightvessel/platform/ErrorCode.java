package io.lightvessel.platform;

import java.util.Locale;

/** A failure a caller can tell apart; the same code in API, console and logs. Implemented by one enum per feature. */
public interface ErrorCode {

    /** The constant's name; enums provide it. */
    String name();

    ErrorType type();

    /** A few words that do not change from one occurrence to the next. */
    String title();

    /** The code as it is written on the wire. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
