package io.lightvessel.agent.debug;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes the token that somebody typed and gives a cookie for it; after many wrong ones it takes none for a while. */
final class SignIn {
    private static final int LONGEST_FORM = 4096;
    private static final int WRONG_PER_MINUTE = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MESSAGE = "<!-- message -->";

    private final Access access;
    private final String page;
    private final Clock clock;
    private Instant minute;
    private int wrong;

    /** @param page the HTML with a place for a message */
    SignIn(Access access, String page, Clock clock) {
        this.access = access;
        this.page = page;
        this.clock = clock;
        this.minute = clock.instant();
    }

    Reply show() {
        return html(200, "");
    }

    Reply submit(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
        if (body.length > LONGEST_FORM) {
            return Reply.problem(413, "Too large", "A sign-in is at most " + LONGEST_FORM + " bytes.");
        }
        if (isWornOut()) {
            return html(429, "Too many wrong tokens. Try again in a minute.");
        }
        String typed;
        try {
            typed = new Query(new String(body, StandardCharsets.UTF_8)).get("token");
        } catch (IllegalArgumentException e) {
            typed = "";
        }
        Optional<String> cookie = access.signIn(typed);
        if (cookie.isPresent()) {
            return Reply.seeOther("/").with("Set-Cookie", cookie.get());
        }
        countWrong();
        return html(
                401, "That is not this agent's token. It was set as LIGHTVESSEL_DEBUG_TOKEN when the agent started.");
    }

    Reply signOut() {
        Reply away = Reply.seeOther("/sign-in");
        return access.signOut().map(cookie -> away.with("Set-Cookie", cookie)).orElse(away);
    }

    private synchronized boolean isWornOut() {
        if (Duration.between(minute, clock.instant()).compareTo(MINUTE) >= 0) {
            minute = clock.instant();
            wrong = 0;
        }
        return wrong >= WRONG_PER_MINUTE;
    }

    private synchronized void countWrong() {
        wrong++;
    }

    private Reply html(int status, String message) {
        String shown = message.isEmpty() ? "" : "<p class=\"sign-in-error\" role=\"alert\">" + message + "</p>";
        return new Reply(
                status,
                "text/html; charset=utf-8",
                page.replace(MESSAGE, shown).getBytes(StandardCharsets.UTF_8),
                Map.of("Cache-Control", "no-store"));
    }
}
