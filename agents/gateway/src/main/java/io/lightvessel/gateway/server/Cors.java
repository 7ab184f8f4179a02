package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may send telemetry from a browser (CORS of the Fetch standard), by the Collector's rules.
 *
 * @param origins lower case, each with at most one asterisk that stands for any text
 * @param headers lower case
 * @param maxAgeSeconds for how long browsers may remember an answer; 0 leaves that to them
 */
record Cors(List<String> origins, Set<String> headers, long maxAgeSeconds) {
    private static final Set<String> ALWAYS =
            Set.of("accept", "accept-language", "content-type", "content-language", "origin");

    Cors {
        origins = List.copyOf(origins);
        headers = Set.copyOf(headers);
    }

    /** Null when no origin is allowed, which leaves everything to browsers' own rules. */
    static @Nullable Cors of(Settings http) {
        Optional<Settings> section = http.optionalSection("cors");
        if (section.isEmpty() || !section.get().has("allowed_origins")) {
            return null;
        }
        Settings cors = section.get();
        List<String> origins = new ArrayList<>();
        cors.strings("allowed_origins").forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
        if (origins.isEmpty()) {
            return null;
        }
        Set<String> headers = new TreeSet<>(ALWAYS);
        List<String> more = cors.has("allowed_headers") ? cors.strings("allowed_headers") : List.of();
        more.forEach(header -> headers.add(header.toLowerCase(Locale.ROOT)));
        if (more.isEmpty()) {
            headers.add("x-requested-with");
        }
        return new Cors(origins, headers, cors.has("max_age") ? cors.integer("max_age") : 0);
    }

    static boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Says what a browser may do; one that may not is told so by what is missing. */
    HttpReply preflight(HttpRequest request) {
        Map<String, String> reply = new LinkedHashMap<>();
        reply.put("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        HttpHeaders asked = request.headers();
        String origin = asked.get(HttpHeaderNames.ORIGIN, "");
        String wanted = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "");
        if (allows(origin)
                && "POST".equals(asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD))
                && allowsHeaders(wanted)) {
            reply.put("access-control-allow-origin", shown(origin));
            reply.put("access-control-allow-methods", "POST");
            if (!wanted.isEmpty()) {
                reply.put("access-control-allow-headers", wanted);
            }
            reply.put("access-control-allow-credentials", "true");
            if (maxAgeSeconds > 0) {
                reply.put("access-control-max-age", Long.toString(maxAgeSeconds));
            }
        }
        return new HttpReply(204, "", new byte[0], reply);
    }

    /** What a response to a page's request says besides. */
    Map<String, String> headers(@Nullable String origin) {
        if (origin == null) {
            return Map.of();
        }
        return allows(origin)
                ? Map.of(
                        "vary", "Origin",
                        "access-control-allow-origin", shown(origin),
                        "access-control-allow-credentials", "true")
                : Map.of("vary", "Origin");
    }

    private boolean allows(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return !lower.isEmpty() && origins.stream().anyMatch(pattern -> matches(pattern, lower));
    }

    private static boolean matches(String pattern, String origin) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(origin);
        }
        return origin.length() >= pattern.length() - 1
                && origin.startsWith(pattern.substring(0, star))
                && origin.endsWith(pattern.substring(star + 1));
    }

    private boolean allowsHeaders(String wanted) {
        if (headers.contains("*") || wanted.isBlank()) {
            return true;
        }
        for (String header : wanted.split(",", -1)) {
            if (!headers.contains(header.trim().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private String shown(String origin) {
        return origins.contains("*") ? "*" : origin;
    }
}
