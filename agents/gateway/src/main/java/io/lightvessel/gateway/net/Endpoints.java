package io.lightvessel.gateway.net;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ExporterContext;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where an exporter sends to, which headers it adds and who gives it credentials. */
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

    /** The extension that an exporter's {@code auth} names; null when it names none. */
    public static @Nullable ClientAuthenticator authenticator(ExporterContext context, Settings settings)
            throws ComponentFailure {
        Optional<Settings> auth = settings.optionalSection("auth");
        if (auth.isEmpty()) {
            return null;
        }
        ComponentId id = ComponentId.parse(auth.get().string("authenticator"));
        return context.extension(id, ClientAuthenticator.class);
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
