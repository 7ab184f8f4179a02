package io.lightvessel.gateway.grpc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The text forms of gRPC headers: percent-encoded messages and timeouts. */
public final class GrpcMessages {
    private static final String HEX = "0123456789ABCDEF";

    private GrpcMessages() {}

    /** Encodes everything but printable ASCII, so that the header stays legal whatever the message says. */
    public static String encode(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(utf8.length + 16);
        for (byte b : utf8) {
            if (b >= ' ' && b <= '~' && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return text.toString();
    }

    /** Decodes leniently: what is no valid escape stays as it is, as the protocol asks. */
    public static String decode(CharSequence text) {
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /** Reads a {@code grpc-timeout} such as {@code 10S} or {@code 500m}; null when it is none. */
    public static @Nullable Duration timeout(CharSequence header) {
        int digits = header.length() - 1;
        if (digits < 1 || digits > 8) {
            return null;
        }
        long amount = 0;
        for (int i = 0; i < digits; i++) {
            char c = header.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            amount = amount * 10 + (c - '0');
        }
        return switch (header.charAt(digits)) {
            case 'H' -> Duration.ofHours(amount);
            case 'M' -> Duration.ofMinutes(amount);
            case 'S' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMillis(amount);
            case 'u' -> Duration.ofNanos(amount * 1000);
            case 'n' -> Duration.ofNanos(amount);
            default -> null;
        };
    }

    /** Writes a {@code grpc-timeout}, which has at most eight digits. */
    public static String timeout(Duration timeout) {
        long millis = timeout.toMillis();
        return millis <= 99_999_999 ? millis + "m" : Math.min(99_999_999, timeout.toSeconds()) + "S";
    }
}
