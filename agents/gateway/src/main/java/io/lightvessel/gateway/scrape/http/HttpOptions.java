package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;

/**
 * How a job's targets are talked to.
 *
 * @param tls what is trusted and shown; also used after a redirect to https
 * @param headers configured ones, in addition to those of the scrape
 */
public record HttpOptions(
        ScrapeTls tls,
        RequestAuthorization authorization,
        ProxyRules proxy,
        boolean followRedirects,
        ConfiguredHeaders headers) {

    public static final HttpOptions DEFAULT = new HttpOptions(
            ScrapeTls.DEFAULT, RequestAuthorization.NONE, ProxyRules.DIRECT, true, ConfiguredHeaders.NONE);

    /** Reads certificates and secrets, so that what is missing is known before anything is scraped. */
    public static HttpOptions of(HttpClientConfig config, Timer timer) throws ComponentFailure {
        return new HttpOptions(
                ScrapeTls.of(config.tls()),
                Authorizations.of(config.credentials(), timer),
                ProxyRules.of(config.proxy()),
                config.followRedirects(),
                ConfiguredHeaders.of(config.headers(), timer));
    }
}
