package io.lightvessel.gateway.net;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Reads where an exporter sends to and which headers it adds. */
public final class Endpoints {
    private Endpoints() {}

    public static URI http(String key, String text) throws ComponentFailure {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            if (uri.getRawUserInfo() != null) {
                throw new ComponentFailure(
                        key + ": holds a user or password (expected: an Authorization header under headers)");
            }
            if (uri.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Not repeated: a URL may hold a password.
        }
        throw new ComponentFailure(key + ": not a URL (expected: http:// or https:// and a host)");
    }

    /** Fit for reports: without user info and query. */
    public static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getPath() == null ? "" : uri.getPath();
        return uri.getScheme() + "://" + uri.getHost() + port + path;
    }

    public static Map<String, String> headers(Settings settings, Set<String> reserved) throws ComponentFailure {
        Map<String, String> headers = settings.has("headers") ? settings.stringMap("headers") : Map.of();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String objection = HttpSender.objection(header.getKey(), header.getValue(), reserved);
            if (objection != null) {
                throw new ComponentFailure(objection);
            }
        }
        return headers;
    }
}
