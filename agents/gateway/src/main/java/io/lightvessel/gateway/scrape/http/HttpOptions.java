package io.lightvessel.gateway.scrape.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job's targets are talked to.
 *
 * @param tls what is trusted and shown; also used after a redirect to https
 * @param headers configured ones, in addition to those of the scrape
 */
public record HttpOptions(
        ScrapeTls tls,
        Credentials credentials,
        ProxyRules proxy,
        boolean followRedirects,
        Map<String, List<String>> headers,
        @Nullable String hostHeader) {

    public static final HttpOptions DEFAULT =
            new HttpOptions(ScrapeTls.DEFAULT, Credentials.NONE, ProxyRules.DIRECT, true, Map.of(), null);
}
