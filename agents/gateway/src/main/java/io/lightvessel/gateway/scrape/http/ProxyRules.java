package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.ProxyConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to an origin. Hosts to go to directly are listed as usual: names with all below them, addresses,
 * networks ({@code 10.0.0.0/8}), each with a port if only that one is meant; {@code *} is every host.
 */
public final class ProxyRules {
    /** Everything is reached directly. */
    public static final ProxyRules DIRECT = new ProxyRules(null, null, "", Map.of());

    private final @Nullable URI forHttp;
    private final @Nullable URI forHttps;
    private final List<String> direct = new ArrayList<>();
    private final Map<String, List<String>> connectHeaders;

    private ProxyRules(
            @Nullable URI forHttp, @Nullable URI forHttps, String noProxy, Map<String, List<String>> connectHeaders) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.connectHeaders = Map.copyOf(connectHeaders);
        for (String entry : noProxy.split(",", -1)) {
            if (!entry.isBlank()) {
                direct.add(entry.strip().toLowerCase(Locale.ROOT));
            }
        }
    }

    public static ProxyRules of(ProxyConfig config) {
        if (config.fromEnvironment()) {
            return fromEnvironment(System.getenv(), config.connectHeaders());
        }
        return config.url().isPresent()
                ? of(config.url().get().toString(), config.noProxy(), config.connectHeaders())
                : DIRECT;
    }

    /** Throws {@link IllegalArgumentException} unless the URL is one of a host behind http or https. */
    public static ProxyRules of(String url, String noProxy, Map<String, List<String>> connectHeaders) {
        URI proxy = proxy(url);
        return new ProxyRules(proxy, proxy, noProxy, connectHeaders);
    }

    /** As {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} say, in capitals or not. */
    public static ProxyRules fromEnvironment(Map<String, String> environment, Map<String, List<String>> headers) {
        String http = either(environment, "HTTP_PROXY");
        String https = either(environment, "HTTPS_PROXY");
        return new ProxyRules(
                http.isEmpty() ? null : proxy(http),
                https.isEmpty() ? null : proxy(https),
                either(environment, "NO_PROXY"),
                headers);
    }

    private static String either(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value != null ? value : environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    private static URI proxy(String url) {
        URI proxy = URI.create(url.contains("://") ? url : "http://" + url);
        Origin.of(proxy);
        return proxy;
    }

    /** Null for the direct way. */
    @Nullable
    URI proxyFor(Origin origin) {
        URI proxy = origin.tls() ? forHttps : forHttp;
        return proxy == null || isDirect(origin) ? null : proxy;
    }

    Map<String, List<String>> connectHeaders() {
        return connectHeaders;
    }

    private boolean isDirect(Origin origin) {
        String host = origin.host().toLowerCase(Locale.ROOT);
        for (String entry : direct) {
            String name = entry;
            int colon = entry.lastIndexOf(':');
            if (colon > 0 && entry.indexOf(':') == colon) {
                if (!entry.substring(colon + 1).equals(Integer.toString(origin.port()))) {
                    continue;
                }
                name = entry.substring(0, colon);
            }
            if (name.equals("*") || matches(name, host)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String name, String host) {
        int slash = name.indexOf('/');
        if (slash > 0) {
            return Network.contains(name.substring(0, slash), name.substring(slash + 1), host);
        }
        String bare = name.startsWith("*.") ? name.substring(1) : name;
        return bare.startsWith(".") ? host.endsWith(bare) : host.equals(bare) || host.endsWith("." + bare);
    }
}
