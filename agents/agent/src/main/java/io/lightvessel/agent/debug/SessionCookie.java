package io.lightvessel.agent.debug;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns the token into a cookie that can be shown instead of it for some hours: its end and a MAC over that, keyed with
 * the token. So no list of sessions is kept, and another token ends them all.
 */
final class SessionCookie {
    private static final String PREFIX = "lightvessel_debug";
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] token;
    private final String name;
    private final Clock clock;

    SessionCookie(String token, Clock clock) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        // Cookies do not tell ports apart, and several agents may be looked at through one localhost.
        this.name = PREFIX + "_" + HexFormat.of().formatHex(mac("name"), 0, 4);
        this.clock = clock;
    }

    /** Compares in a time that tells nothing about the token. */
    boolean isToken(String shown) {
        return MessageDigest.isEqual(mac(shown), mac(new String(token, StandardCharsets.UTF_8)));
    }

    /** A {@code Set-Cookie} value. */
    String issue() {
        long end = clock.instant().plus(LIFETIME).getEpochSecond();
        return name + "=" + end + "." + HexFormat.of().formatHex(mac("session " + end))
                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + LIFETIME.toSeconds();
    }

    /** A {@code Set-Cookie} value that ends the session. */
    String forget() {
        return name + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }

    /** Whether a {@code Cookie} header holds one that was issued here and has not ended. */
    boolean isValid(String header) {
        for (String cookie : header.split(";")) {
            String[] parts = cookie.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name) && isSession(parts[1])) {
                return true;
            }
        }
        return false;
    }

    private boolean isSession(String value) {
        int dot = value.indexOf('.');
        if (dot < 1 || !value.substring(0, dot).matches("\\d{1,12}")) {
            return false;
        }
        long end = Long.parseLong(value.substring(0, dot));
        byte[] expected = HexFormat.of().formatHex(mac("session " + end)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, value.substring(dot + 1).getBytes(StandardCharsets.UTF_8))
                && clock.instant().isBefore(Instant.ofEpochSecond(end));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this Java (expected: any complete one)", e);
        }
    }
}
