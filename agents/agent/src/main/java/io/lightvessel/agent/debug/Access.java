package io.lightvessel.agent.debug;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may ask. On loopback only requests that name this machine are answered, so that no page elsewhere can reach
 * the UI under a name of its own; scripts of other sites never are; and where there is a token, it has to be shown.
 */
final class Access {
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(localhost|([a-z0-9-]+\\.)*localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    private final DebugSettings settings;
    private final @Nullable SessionCookie sessions;

    Access(DebugSettings settings, Clock clock) {
        this.settings = settings;
        String token = settings.token();
        this.sessions = token == null ? null : new SessionCookie(token, clock);
    }

    /** What to answer to a request that comes from where none should; empty when it may go on. */
    Optional<Reply> refusal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (settings.loopback()
                && (host == null
                        || !LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches())) {
            return Optional.of(Reply.problem(
                    421,
                    "Misdirected request",
                    "This agent answers on loopback only: ask for localhost or 127.0.0.1, not for "
                            + (host == null ? "no host" : shortened(host)) + "."));
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean navigation = "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
                && exchange.getRequestMethod().equals("GET");
        if (foreign && !navigation) {
            return Optional.of(Reply.problem(403, "Forbidden", "Requests from pages of other sites are not answered."));
        }
        return Optional.empty();
    }

    boolean needsToken() {
        return sessions != null;
    }

    /** Whether the request shows the token, as a bearer or by the cookie that signing in gave. */
    boolean isAllowed(HttpExchange exchange) {
        if (sessions == null) {
            return true;
        }
        Headers headers = exchange.getRequestHeaders();
        String authorization = headers.getFirst("Authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    && sessions.isToken(authorization.substring(7).strip());
        }
        return headers.getOrDefault("Cookie", List.of()).stream().anyMatch(sessions::isValid);
    }

    /** The cookie for who typed this token; empty when it is not the token. */
    Optional<String> signIn(String typed) {
        return sessions != null && sessions.isToken(typed.strip()) ? Optional.of(sessions.issue()) : Optional.empty();
    }

    /** What ends the session of who asks. */
    Optional<String> signOut() {
        return Optional.ofNullable(sessions).map(SessionCookie::forget);
    }

    private static String shortened(String host) {
        return host.length() > 100 ? host.substring(0, 100) + "…" : host;
    }
}
