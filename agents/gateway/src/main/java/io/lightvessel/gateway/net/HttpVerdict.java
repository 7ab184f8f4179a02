package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads what a backend's HTTP response means for the request that it answers. */
public final class HttpVerdict {
    private static final int QUOTED = 200;

    private HttpVerdict() {}

    public static boolean isSuccess(HttpAnswer response) {
        return response.statusCode() / 100 == 2;
    }

    /** The refusal to report for a response that is no success. */
    public static Refusal refusal(HttpAnswer response, boolean retryable, String detail, Instant now) {
        String message = "HTTP status " + response.statusCode() + (detail.isEmpty() ? "" : ": " + detail);
        return retryable
                ? Refusal.retryable(
                        DropReason.BACKEND_REFUSED,
                        message,
                        retryAfter(response, now).orElse(null))
                : Refusal.permanent(DropReason.PERMANENT_FAILURE, message);
    }

    /** The start of a body that is text, on one line. */
    public static String excerpt(byte[] body) {
        int length = Math.min(body.length, QUOTED);
        String text = new String(body, 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return text.trim() + (body.length > QUOTED ? "..." : "");
    }

    /**
     * Reads Retry-After, which is a number of seconds or a date. A date is by the backend's clock, so it is compared
     * with the response's own date, and with our clock only when there is none.
     */
    static Optional<Duration> retryAfter(HttpAnswer response, Instant now) {
        Instant sent =
                response.headers().firstValue("Date").flatMap(HttpVerdict::date).orElse(now);
        return response.headers().firstValue("Retry-After").flatMap(value -> retryAfter(value.trim(), sent));
    }

    static Optional<Duration> retryAfter(String value, Instant now) {
        if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value).map(then -> {
            Duration wait = Duration.between(now, then);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
