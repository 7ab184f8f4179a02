package io.lightvessel.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.pipeline.Refusal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "' 7 ', PT7S",
        "0, PT0S",
        "'Fri, 27 Nov 2026 12:00:30 GMT', PT30S",
        "'Fri, 27 Nov 2026 11:00:00 GMT', PT0S",
        "'Thu, 26 Nov 2026 12:00:00 GMT', PT0S",
        "-1,",
        "9999999999,",
        "tomorrow,",
        "'Fri, 99 Nov 2026 12:00:30 GMT',",
        "'',"
    })
    void secondsAndDatesAreUnderstood(String value, Duration wait) {
        assertThat(HttpVerdict.retryAfter(value == null ? "" : value.trim(), NOW)
                        .orElse(null))
                .isEqualTo(wait);
    }

    /** The backend's clock and ours need not agree, nor ours with itself a moment ago. */
    @ParameterizedTest
    @CsvSource({"P0D", "P365D", "-P1D", "-P20000D"})
    void datesAreByTheBackendsClock(Duration ours) throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            backend.answer(503, Map.of("Retry-After", retryAt(Duration.ofSeconds(40))), new byte[0]);
            HttpResponse<byte[]> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(backend.url())).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Date")).isPresent();
            Refusal refusal = HttpVerdict.refusal(
                    new HttpAnswer(response.statusCode(), response.headers(), response.body()),
                    true,
                    "",
                    Instant.now().plus(ours));
            assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(41));
        }
    }

    private static String retryAt(Duration later) {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(later).atOffset(java.time.ZoneOffset.UTC));
    }

    @Test
    void excerptsAreShortLines() {
        assertThat(HttpVerdict.excerpt("a\r\n\t b".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("a b");
        assertThat(HttpVerdict.excerpt(new byte[500])).isEqualTo("...");
    }
}
