package io.lightvessel.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Tells by SHA-256 whether two requests say the same. */
final class Fingerprint {
    private Fingerprint() {}

    static byte[] of(String key) {
        return sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Of what the request asks for: where, on which version, with what body. */
    static byte[] of(HttpServletRequest request, byte[] body) {
        MessageDigest digest = sha256();
        for (@Nullable
        String part : new @Nullable String[] {
            request.getMethod(),
            request.getRequestURI(),
            request.getQueryString(),
            request.getHeader(HttpHeaders.IF_MATCH),
            request.getContentType()
        }) {
            add(digest, part == null ? null : part.getBytes(StandardCharsets.UTF_8));
        }
        add(digest, body);
        return digest.digest();
    }

    // With the length in front, so that no two requests run together to the same bytes.
    private static void add(MessageDigest digest, byte @Nullable [] part) {
        digest.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length).array());
        if (part != null) {
            digest.update(part);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
