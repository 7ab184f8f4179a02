package io.lightvessel.platform.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Words numbers for people: always with a unit, never with more digits than matter. */
public final class Format {

    private Format() {}

    /** 0 -> "0", 0.4 -> "0.4", 12.3 -> "12", 1234 -> "1.23 k", 4200000 -> "4.2 M". */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 999_500_000) {
            return digits(value / 1e9) + " G";
        }
        if (size >= 999_500) {
            return digits(value / 1e6) + " M";
        }
        if (size >= 999.5) {
            return digits(value / 1e3) + " k";
        }
        return digits(value);
    }

    /** Records per second, as in "1.23 k/s". */
    public static String rate(double perSecond) {
        return number(perSecond) + "/s";
    }

    /** Bytes per second in powers of 1000, as in "34 kB/s". */
    public static String byteRate(double perSecond) {
        return bytes(perSecond) + "/s";
    }

    /** Bytes in powers of 1000, as in "1.2 MB". */
    public static String bytes(double value) {
        String number = number(value);
        int space = number.indexOf(' ');
        return space < 0 ? number + " B" : number + "B";
    }

    /** "1 agent", "2 agents". */
    public static String count(long count, String singular, String plural) {
        return count == 1 ? "1 " + singular : String.format(Locale.ROOT, "%,d %s", count, plural);
    }

    /** "12 s ago", "in 3 d"; the browser's relative-time element says the same. */
    public static String relative(Instant at, Instant now) {
        Duration elapsed = Duration.between(at, now);
        long seconds = Math.round(elapsed.abs().toMillis() / 1000.0);
        if (seconds < 2) {
            return "just now";
        }
        return elapsed.isNegative() ? "in " + span(seconds) : span(seconds) + " ago";
    }

    private static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        if (text.indexOf('.') >= 0) {
            text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return text.equals("-0") ? "0" : text;
    }
}
