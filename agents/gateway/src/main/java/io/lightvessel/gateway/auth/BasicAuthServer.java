package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ServerAuthenticator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Demands a name and a password of clients (RFC 7617). What was verified once is remembered by a keyed digest, since
 * bcrypt takes tens of milliseconds by design and producers send many requests a second; new bcrypt checks are limited, so
 * that guessing cannot take the event loops' time.
 */
final class BasicAuthServer implements ServerAuthenticator {

    private static final int REMEMBERED = 4096;
    private static final int SLOW_CHECKS_A_SECOND = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final String CHALLENGE = "Basic realm=\"lightvessel\", charset=\"UTF-8\"";

    private final String inline;
    private final @Nullable WatchedFile file;
    private final ExtensionContext context;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, String> verified = new LinkedHashMap<>();
    private String fileText;
    private PasswordFile passwords;
    private long second;
    private int checks;

    BasicAuthServer(String inline, @Nullable WatchedFile file, PasswordFile passwords, ExtensionContext context) {
        this.inline = inline;
        this.file = file;
        this.fileText = file == null ? "" : file.text();
        this.passwords = passwords;
        this.context = context;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.second = context.timer().nanoTime();
    }

    @Override
    public synchronized Verdict authenticate(RequestHeaders headers) {
        refresh();
        String sent = headers.get("authorization");
        if (sent == null) {
            return denied("no Authorization header (expected: Basic and a name and password)");
        }
        ByteBuffer digest = digest(sent);
        String known = verified.get(digest);
        if (known != null) {
            return new Verdict.Allowed(known);
        }
        if (!sent.regionMatches(true, 0, "Basic ", 0, 6)) {
            return denied("the Authorization header is of another scheme (expected: Basic)");
        }
        String credentials = decode(sent.substring(6).strip());
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return denied("the Authorization header cannot be read (expected: Basic and base64 of name:password)");
        }
        String name = credentials.substring(0, colon);
        if (passwords.isSlow(name) && !mayCheck()) {
            return denied(
                    "too many new sign-ins at this moment (expected: at most " + SLOW_CHECKS_A_SECOND + " a second)");
        }
        if (!passwords.matches(name, credentials.substring(colon + 1))) {
            return denied("the name or the password is wrong");
        }
        if (verified.size() >= REMEMBERED) {
            verified.remove(verified.keySet().iterator().next());
        }
        verified.put(digest, name);
        return new Verdict.Allowed(name);
    }

    /** A changed file counts for everybody at once; one with a mistake leaves what was there before in force. */
    private void refresh() {
        if (file == null) {
            return;
        }
        String text = file.text();
        if (text.equals(fileText)) {
            return;
        }
        fileText = text;
        try {
            PasswordFile changed = PasswordFile.parse(inline, text);
            if (changed.isEmpty()) {
                throw new ComponentFailure("htpasswd: no lines (expected: at least one name:hash)");
            }
            passwords = changed;
            verified.clear();
            context.health().ok();
        } catch (ComponentFailure e) {
            context.health().recoverable("the changed file is not used: " + e.getMessage());
        }
    }

    private boolean mayCheck() {
        long now = context.timer().nanoTime();
        if (now - second >= SECOND) {
            second = now;
            checks = 0;
        }
        return ++checks <= SLOW_CHECKS_A_SECOND;
    }

    private ByteBuffer digest(String header) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(header.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Verdict denied(String message) {
        return new Verdict.Denied(message, CHALLENGE);
    }
}
