package io.lightvessel.access.web;

import io.lightvessel.access.IdempotentRequest;
import io.lightvessel.access.IdempotentRequests;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PlatformError;
import io.lightvessel.platform.web.BodyTooLarge;
import io.lightvessel.platform.web.Problem;
import io.lightvessel.platform.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers a POST with an Idempotency-Key once and gives the same answer to whoever sends it again. After the filter that asks for
 * the token, so that a key is the token's own.
 */
@Component
class IdempotencyFilter extends OncePerRequestFilter {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    /** Larger answers are sent and not kept. */
    static final int LARGEST = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final String TENANTS = "/api/v1/tenants/";
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    // These say something about who asks and when, not about the request.
    private static final Set<Integer> PASSING = Set.of(401, 403, 429);
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.CACHE_CONTROL);

    private final IdempotentRequests requests;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotentRequests requests, ProblemWriter problems) {
        this.requests = requests;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith(TENANTS)
                || request.getHeader(KEY) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] key;
        KeptBody kept;
        IdempotentRequest known;
        try {
            key = Fingerprint.of(key(request));
            kept = new KeptBody(request);
            known = requests.begin(key, Fingerprint.of(request, kept.body()));
        } catch (BodyTooLarge e) {
            problems.write(response, Problem.of(PlatformError.BODY_TOO_LARGE, e.sentence(), List.of()));
            return;
        } catch (LightvesselException e) {
            if (e.error().type().status() == HttpServletResponse.SC_CONFLICT) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            problems.write(response, Problem.of(e));
            return;
        }
        switch (known) {
            case IdempotentRequest.Answered answer -> replay(answer, response);
            case IdempotentRequest.Fresh fresh -> execute(kept, response, chain, key, fresh.startedAt());
        }
    }

    private void execute(
            KeptBody request, HttpServletResponse response, FilterChain chain, byte[] key, Instant startedAt)
            throws ServletException, IOException {
        KeptAnswer answer = new KeptAnswer(response);
        boolean kept = false;
        try {
            chain.doFilter(request, answer);
            kept = keep(answer, key, startedAt);
        } finally {
            if (!kept) {
                forget(key, startedAt);
            }
        }
        // Kept first: what a client has seen it can have again.
        answer.copyBodyToResponse();
    }

    private boolean keep(KeptAnswer answer, byte[] key, Instant startedAt) {
        byte[] body = answer.getContentAsByteArray();
        if (answer.isError()
                || answer.getStatus() >= 500
                || PASSING.contains(answer.getStatus())
                || body.length > LARGEST) {
            return false;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = name.equals(HttpHeaders.CONTENT_TYPE) ? answer.getContentType() : answer.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        try {
            requests.answer(key, startedAt, new IdempotentRequest.Answered(answer.getStatus(), headers, body));
        } catch (RuntimeException e) {
            // It was done, and its sender must learn so; who asks again is told that it is under way.
            log.warn("idempotency: an answer could not be kept", e);
        }
        return true;
    }

    private void forget(byte[] key, Instant startedAt) {
        try {
            requests.forget(key, startedAt);
        } catch (RuntimeException e) {
            log.warn("idempotency: a key could not be given back, it is free again in some minutes", e);
        }
    }

    private static void replay(IdempotentRequest.Answered answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static String key(HttpServletRequest request) {
        String key = String.valueOf(request.getHeader(KEY));
        if (!PRINTABLE.matcher(key).matches()) {
            String detail =
                    "Idempotency-Key: %d characters (expected: 1 to 255 printable ones without spaces, a UUID for instance)"
                            .formatted(key.length());
            throw new LightvesselException(
                    PlatformError.MALFORMED_REQUEST,
                    detail,
                    List.of(new FieldError("Idempotency-Key", "pattern", detail)));
        }
        return key;
    }
}
