package io.lightvessel.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations the way Prometheus does: whole numbers of ms, s, m, h, d, w and y, the largest first. */
public final class PromDuration {

    private static final Pattern WHOLE = Pattern.compile("(?:([0-9]{1,10})y)?(?:([0-9]{1,10})w)?(?:([0-9]{1,10})d)?"
            + "(?:([0-9]{1,10})h)?(?:([0-9]{1,10})m)?(?:([0-9]{1,10})s)?(?:([0-9]{1,15})ms)?");
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long DAY = 86_400_000L;
    private static final long[] MILLIS = {365 * DAY, 7 * DAY, DAY, 3_600_000, 60_000, 1_000, 1};
    /** What a long of nanoseconds holds, as in Prometheus. */
    private static final long LONGEST = Long.MAX_VALUE / 1_000_000;

    private PromDuration() {}

    /** Empty when the text is no duration, or one of more than 292 years. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher parts = WHOLE.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        long millis = 0;
        for (int i = 0; i < UNITS.length; i++) {
            if (parts.group(i + 1) != null) {
                long count = Long.parseLong(parts.group(i + 1));
                if (count > (LONGEST - millis) / MILLIS[i]) {
                    return Optional.empty();
                }
                millis += count * MILLIS[i];
            }
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /** Less than a millisecond is left out; years and weeks are written only if nothing remains, as 90d says more than 12w6d. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            boolean onlyExact = i < 2;
            long count = millis / MILLIS[i];
            if (count > 0 && !(onlyExact && millis % MILLIS[i] != 0)) {
                text.append(count).append(UNITS[i]);
                millis -= count * MILLIS[i];
            }
        }
        return text.toString();
    }
}
