package io.lightvessel.gateway.net.http;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.Endpoints;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.NameResolver;
import io.lightvessel.pipeline.ComponentFailure;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where connections lead to and for how long.
 *
 * @param names looks up the addresses of hosts
 * @param oldest the age at which a connection is used no more, so that the name is looked up again; zero uses each once
 * @param idle how long a connection may wait for its next use; zero for as long as it lives
 * @param proxy where to go through; null for what the platform's settings name
 */
public record ConnectionRules(
        NameResolver names,
        Duration oldest,
        Duration idle,
        @Nullable HostPort proxy) {
    /** Long enough for handshakes not to count, short enough for new replicas to get their share soon. */
    public static final ConnectionRules DEFAULT = new ConnectionRules(NameResolver.SYSTEM, Duration.ofMinutes(1));

    public ConnectionRules(NameResolver names, Duration oldest) {
        this(names, oldest, Duration.ofSeconds(30), null);
    }

    /** These, changed as an exporter's settings say. */
    public ConnectionRules with(Settings exporter) throws ComponentFailure {
        boolean once = exporter.has("disable_keep_alives") && exporter.flag("disable_keep_alives");
        return new ConnectionRules(
                names,
                once ? Duration.ZERO : oldest,
                exporter.has("idle_conn_timeout") ? exporter.duration("idle_conn_timeout") : idle,
                proxy(exporter.optionalString("proxy_url").orElse("")));
    }

    private static @Nullable HostPort proxy(String url) throws ComponentFailure {
        if (url.isEmpty()) {
            return null;
        }
        URI uri = Endpoints.http("proxy_url", url);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new ComponentFailure("proxy_url: a proxy with TLS (expected: http:// and a host)");
        }
        return HttpOrigin.of(uri).address();
    }

    /** The age for one connection: those that began together must not end together. */
    Duration life() {
        long most = oldest.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most * 3 / 4, most + 1));
    }
}
