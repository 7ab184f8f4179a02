package io.lightvessel.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bearer token of the form {@code lve_<public id>_<secret>}; only the hash of its secret is ever stored. */
public record Token(Kind kind, String id, String secret) {
    private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_BYTES = 32;

    // The secret's own alphabet contains the separator, hence fixed lengths instead of splitting.
    private static final Pattern FORM = Pattern.compile("(lv[a-z])_([a-z0-9]{10})_([A-Za-z0-9_-]{43})");

    /** What a token opens, and the prefix that shows it. */
    public enum Kind {
        ENROLLMENT("lve"),
        AGENT_CREDENTIAL("lva"),
        API("lvp");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }
    }

    public static Token mint(Kind kind, SecureRandom random) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Token(
                kind, id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads a token; throws {@link IllegalArgumentException} that never repeats the secret. */
    public static Token parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            for (Kind kind : Kind.values()) {
                if (kind.prefix.equals(form.group(1))) {
                    return new Token(kind, form.group(2), form.group(3));
                }
            }
        }
        throw new IllegalArgumentException("token: " + text.length() + " characters that are no token (expected: "
                + "lve_, lva_ or lvp_, an id of 10 characters, _ and a secret of 43 characters)");
    }

    /** The whole token as it is sent; to be shown once and never logged. */
    public String text() {
        return kind.prefix + "_" + id + "_" + secret;
    }

    /** SHA-256 of the secret's characters: what is stored. */
    public byte[] secretHash() {
        return Digests.sha256(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Compares in constant time, so that the answer's delay says nothing about the stored hash. */
    public boolean matches(byte[] storedHash) {
        return MessageDigest.isEqual(secretHash(), storedHash);
    }

    /** Without the secret, so that it may appear in logs. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " token " + kind.prefix + "_" + id;
    }
}
