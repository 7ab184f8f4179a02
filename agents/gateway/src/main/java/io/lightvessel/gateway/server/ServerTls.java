package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener's {@code tls} section in use. Certificates are read anew when a connection comes in after they have grown
 * old; connections that are open keep theirs.
 */
final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    /** How often the file of the clients' authorities is looked at, if at all. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TlsMaterial material;
    private final @Nullable Duration reloadInterval;
    private final @Nullable Path watched;
    private final AtomicBoolean reloading = new AtomicBoolean();
    private volatile Loaded loaded;

    /** @param watchedTime when the watched file was last changed */
    private record Loaded(
            SslContext context,
            long loadedNanos,
            long lookedNanos,
            @Nullable FileTime watchedTime) {}

    private ServerTls(TlsMaterial material, @Nullable Duration reloadInterval, @Nullable Path watched)
            throws ComponentFailure {
        this.material = material;
        this.reloadInterval = reloadInterval;
        this.watched = watched;
        long now = System.nanoTime();
        this.loaded = new Loaded(material.load(), now, now, changed());
    }

    /** Null when the listener speaks cleartext. */
    static @Nullable ServerTls of(Settings listener, String... applicationProtocols) throws ComponentFailure {
        Optional<Settings> section = listener.optionalSection("tls");
        if (section.isEmpty()) {
            return null;
        }
        Settings tls = section.get();
        Duration interval = tls.has("reload_interval") ? tls.duration("reload_interval") : Duration.ZERO;
        boolean watch = tls.has("client_ca_file_reload") && tls.flag("client_ca_file_reload");
        Optional<Path> watched = tls.optionalString("client_ca_file")
                .filter(file -> watch && !file.isEmpty())
                .map(Path::of);
        return new ServerTls(
                new TlsMaterial(tls, applicationProtocols),
                interval.isPositive() ? interval : null,
                watched.orElse(null));
    }

    /**
     * What a connection that comes in now is secured with. Files are looked at on a thread of their own, since event loops
     * must not wait for a disk: what has changed holds for the next connection but one.
     */
    SslContext context() {
        if (isDue(loaded, System.nanoTime()) && reloading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("lightvessel-certificates").start(() -> {
                try {
                    reload(System.nanoTime());
                } finally {
                    reloading.set(false);
                }
            });
        }
        return loaded.context();
    }

    private boolean isDue(Loaded current, long now) {
        Duration interval = reloadInterval;
        return interval != null && now - current.loadedNanos() >= interval.toNanos()
                || watched != null && now - current.lookedNanos() >= LOOK.toNanos();
    }

    private void reload(long now) {
        Loaded current = loaded;
        Duration interval = reloadInterval;
        FileTime time = changed();
        boolean old = interval != null && now - current.loadedNanos() >= interval.toNanos();
        if (!old && (time == null || time.equals(current.watchedTime()))) {
            loaded = new Loaded(current.context(), current.loadedNanos(), now, current.watchedTime());
            return;
        }
        SslContext context = current.context();
        try {
            context = material.load();
        } catch (ComponentFailure e) {
            LOG.warn("{}; going on with the certificates loaded before", e.getMessage());
        }
        loaded = new Loaded(context, now, now, time);
    }

    private @Nullable FileTime changed() {
        try {
            return watched == null ? null : Files.getLastModifiedTime(watched);
        } catch (IOException e) {
            // Gone for the moment it takes to replace it, or for good: loading it says so.
            return null;
        }
    }
}
