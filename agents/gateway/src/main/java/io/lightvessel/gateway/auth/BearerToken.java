package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.ServerAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Demands one of a few tokens of clients, or sends the first to a backend (RFC 6750). */
final class BearerToken implements ServerAuthenticator, ClientAuthenticator {

    private final String header;
    private final String lowerCaseHeader;
    private final String prefix;
    private final Supplier<List<String>> tokens;

    BearerToken(String header, String scheme, Supplier<List<String>> tokens) {
        this.header = header;
        this.lowerCaseHeader = header.toLowerCase(Locale.ROOT);
        this.prefix = scheme.isEmpty() ? "" : scheme + " ";
        this.tokens = tokens;
    }

    @Override
    public Verdict authenticate(RequestHeaders headers) {
        String sent = headers.get(lowerCaseHeader);
        if (sent == null) {
            return denied("no " + header + " header (expected: " + expected() + ")");
        }
        boolean known = false;
        byte[] sentBytes = sent.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        int match = 0;
        for (String token : tokens.get()) {
            at++;
            // Every token is compared, so that time does not tell which one came close.
            if (MessageDigest.isEqual((prefix + token).getBytes(StandardCharsets.UTF_8), sentBytes)) {
                known = true;
                match = at;
            }
        }
        return known
                ? new Verdict.Allowed("token " + match)
                : denied("the token is not known here (expected: " + expected() + ")");
    }

    private String expected() {
        return prefix.isEmpty() ? "a token that this receiver knows" : prefix + "and a token that this receiver knows";
    }

    private Verdict denied(String message) {
        return new Verdict.Denied(message, prefix.isEmpty() ? "Bearer" : prefix.strip());
    }

    @Override
    public void authenticate(Metadata metadata, Map<String, String> headers) throws ComponentFailure {
        List<String> known = tokens.get();
        if (known.isEmpty()) {
            throw new ComponentFailure("the file of tokens is empty (expected: one on each line)");
        }
        Headers.set(headers, header, prefix + known.getFirst());
    }
}
