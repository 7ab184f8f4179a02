package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy to go through, if any.
 *
 * @param noProxy names, addresses, domains and networks that are reached without it, separated by commas
 * @param connectHeaders for the proxy's CONNECT; secret
 */
public record ProxyConfig(
        Optional<URI> url, String noProxy, boolean fromEnvironment, Map<String, List<String>> connectHeaders) {

    public static final ProxyConfig NONE = new ProxyConfig(Optional.empty(), "", false, Map.of());

    public static ProxyConfig of(Settings settings) {
        return new ProxyConfig(
                settings.optionalString("proxy_url").map(URI::create),
                settings.optionalString("no_proxy").orElse(""),
                settings.flag("proxy_from_environment"),
                settings.stringListMap("proxy_connect_header"));
    }

    @Override
    public String toString() {
        return "ProxyConfig[url=" + url + ", noProxy=" + noProxy + ", fromEnvironment=" + fromEnvironment
                + ", connectHeaders=" + connectHeaders.keySet() + "]";
    }
}
