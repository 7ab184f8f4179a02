package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ComponentFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Names with their password hashes, in the format of Apache's htpasswd: bcrypt ({@code $2y$}), {@code {SHA}},
 * {@code {SSHA}} or plain text.
 */
final class PasswordFile {

    private final Map<String, String> hashes;

    private PasswordFile(Map<String, String> hashes) {
        this.hashes = hashes;
    }

    /** Reads both texts; a name in the first wins over the same in the second. */
    static PasswordFile parse(String first, String second) throws ComponentFailure {
        Map<String, String> hashes = new HashMap<>();
        read(second, hashes);
        read(first, hashes);
        return new PasswordFile(hashes);
    }

    private static void read(String text, Map<String, String> hashes) throws ComponentFailure {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            int colon = entry.indexOf(':');
            if (colon <= 0 || colon == entry.length() - 1) {
                throw new ComponentFailure("htpasswd line " + number + " is none (expected: name:hash)");
            }
            String hash = entry.substring(colon + 1);
            if (hash.startsWith("$") && !isBcrypt(hash)) {
                int end = hash.indexOf('$', 1);
                throw new ComponentFailure("htpasswd line " + number + " has a hash of the kind "
                        + (end > 0 ? hash.substring(0, end + 1) : "$")
                        + " (expected: bcrypt, which is $2y$, {SHA}, {SSHA} or plain text)");
            }
            hashes.put(entry.substring(0, colon), hash);
        }
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** Whether checking this name's password takes long on purpose. */
    boolean isSlow(String name) {
        return isBcrypt(hashOf(name));
    }

    /** For a name that is not there, some other name's hash: an answer that takes as long tells nobody which names are. */
    private String hashOf(String name) {
        String hash = hashes.get(name);
        return hash != null ? hash : hashes.values().iterator().next();
    }

    boolean matches(String name, String password) {
        return fits(hashOf(name), password) && hashes.containsKey(name);
    }

    private static boolean fits(String hash, String password) {
        if (isBcrypt(hash)) {
            // The letter tells of a bug in PHP's implementation, not of another algorithm.
            String plain = "$2a$" + hash.substring(4);
            try {
                return BCrypt.checkpw(password, plain);
            } catch (IllegalArgumentException e) {
                // No hash can be of a password longer than bcrypt takes, and a damaged hash is nobody's.
                return false;
            }
        }
        if (hash.startsWith("{SHA}")) {
            return isEqual(decode(hash.substring(5)), sha1(bytes(password)));
        }
        if (hash.startsWith("{SSHA}")) {
            byte[] stored = decode(hash.substring(6));
            if (stored.length <= 20) {
                return false;
            }
            byte[] salt = Arrays.copyOfRange(stored, 20, stored.length);
            return isEqual(Arrays.copyOf(stored, 20), sha1(bytes(password), salt));
        }
        return isEqual(bytes(hash), bytes(password));
    }

    private static boolean isBcrypt(String hash) {
        return hash.length() == 60 && hash.startsWith("$2") && hash.charAt(3) == '$';
    }

    private static boolean isEqual(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
