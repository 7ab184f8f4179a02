package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.util.List;

/** Prometheus' settings of an HTTP client, as scrape configs and discoveries have them. Holds secrets, prints none. */
public record HttpClientConfig(
        Credentials credentials,
        TlsConfig tls,
        ProxyConfig proxy,
        List<HttpHeader> headers,
        boolean followRedirects,
        boolean enableHttp2) {

    /** A client without credentials that trusts whom the system trusts. */
    public static final HttpClientConfig DEFAULT =
            new HttpClientConfig(new Credentials.None(), TlsConfig.SYSTEM, ProxyConfig.NONE, List.of(), true, true);

    public static HttpClientConfig of(Settings settings) {
        return new HttpClientConfig(
                Credentials.of(settings),
                TlsConfig.of(settings.section("tls_config")),
                ProxyConfig.of(settings),
                HttpHeader.listOf(settings),
                settings.flag("follow_redirects"),
                settings.flag("enable_http2"));
    }
}
