package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to HTTP listeners; times are null for no limit.
 *
 * @param readHeader for the first request's headers to arrive
 * @param read for a whole request to arrive, besides {@link Timeouts#isBodyLate}
 * @param write for a response to be taken
 * @param idle between requests, and for the next one's headers
 * @param responseHeaders added to every response
 */
record HttpManners(
        @Nullable Duration readHeader,
        @Nullable Duration read,
        @Nullable Duration write,
        @Nullable Duration idle,
        Map<String, String> responseHeaders,
        @Nullable Cors cors) {

    static final HttpManners DEFAULT =
            new HttpManners(Duration.ofMinutes(1), null, Duration.ofSeconds(30), Duration.ofMinutes(1), Map.of(), null);

    static HttpManners of(Settings http) throws ComponentFailure {
        Map<String, String> headers = http.has("response_headers") ? http.stringMap("response_headers") : Map.of();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            checkHeader(header.getKey(), header.getValue());
        }
        Duration read = time(http, "read_timeout", DEFAULT.read);
        Duration readHeader = time(http, "read_header_timeout", DEFAULT.readHeader);
        Duration idle = time(http, "idle_timeout", DEFAULT.idle);
        return new HttpManners(
                readHeader == null ? read : readHeader,
                read,
                time(http, "write_timeout", DEFAULT.write),
                idle == null ? read : idle,
                headers,
                Cors.of(http));
    }

    private static @Nullable Duration time(Settings http, String key, @Nullable Duration otherwise) {
        if (!http.has(key)) {
            return otherwise;
        }
        Duration value = http.duration(key);
        return value.isPositive() ? value : null;
    }

    private static void checkHeader(String name, String value) throws ComponentFailure {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || name.equalsIgnoreCase("content-length")) {
            throw new ComponentFailure("response_headers::" + name + ": not a header that can be set");
        }
        if (!value.matches("[\\t\\x20-\\x7E]*")) {
            throw new ComponentFailure("response_headers::" + name + ": a value with line breaks or the like");
        }
    }
}
