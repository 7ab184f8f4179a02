package io.lightvessel.platform.secrets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An AES-256 key with an id that tells it from others without telling it. */
public final class SealingKey {
    static final int ID_LENGTH = 8;
    private static final int LENGTH = 32;

    private final byte[] bytes;
    private final byte[] id;

    private SealingKey(byte[] bytes) {
        this.bytes = bytes;
        this.id = Arrays.copyOf(sha256(bytes), ID_LENGTH);
    }

    /** Reads 32 bytes in base64; what is wrong with them is said without showing them. */
    public static SealingKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a sealing key that is no base64 (expected: 32 random bytes in base64)", e);
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a sealing key of %d bytes (expected: 32 random bytes in base64)".formatted(bytes.length));
        }
        return new SealingKey(bytes);
    }

    static SealingKey create(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new SealingKey(bytes);
    }

    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    byte[] id() {
        return id.clone();
    }

    boolean hasId(byte[] other) {
        return Arrays.equals(id, other);
    }

    SecretKey aes() {
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The id alone, so that it may appear in logs. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(id);
    }
}
