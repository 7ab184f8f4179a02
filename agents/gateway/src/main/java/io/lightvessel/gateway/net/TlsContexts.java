package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ComponentFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client secures its connections with. Certificates are read again when a connection is made after they have grown
 * old, on a thread of its own, since event loops must not wait for a disk: what has changed holds for the next connection
 * but one, and connections that are open go on.
 */
public final class TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    /** Reads certificates; may block. */
    @FunctionalInterface
    interface Loader {
        SslContext load() throws ComponentFailure;
    }

    private final Loader loader;
    private final Optional<Duration> reloadInterval;
    private final Optional<String> serverName;
    private final AtomicBoolean reloading = new AtomicBoolean();
    private volatile Loaded loaded;

    private record Loaded(SslContext context, long nanos) {}

    /**
     * Reads everything once, so that what is wrong is known before anything is sent.
     *
     * @param reloadInterval zero never reads certificates again
     * @param serverName what to expect in servers' certificates instead of the name that is connected to
     */
    TlsContexts(Loader loader, Duration reloadInterval, Optional<String> serverName) throws ComponentFailure {
        this.loader = loader;
        this.reloadInterval = Optional.of(reloadInterval).filter(Duration::isPositive);
        this.serverName = serverName;
        this.loaded = new Loaded(loader.load(), System.nanoTime());
    }

    /** The platform's trust, and nothing to show who we are. */
    public static TlsContexts platform() {
        try {
            return new TlsContexts(TlsContexts::loadPlatform, Duration.ZERO, Optional.empty());
        } catch (ComponentFailure e) {
            throw new IllegalStateException("this Java cannot speak TLS", e);
        }
    }

    private static SslContext loadPlatform() throws ComponentFailure {
        try {
            return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        } catch (SSLException e) {
            throw TlsSettings.failure(e);
        }
    }

    /** For a new connection to a host. */
    public SslHandler handler(ByteBufAllocator allocator, String host, int port) {
        Loaded current = loaded;
        boolean old = reloadInterval
                .filter(interval -> System.nanoTime() - current.nanos() >= interval.toNanos())
                .isPresent();
        if (old && reloading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("lightvessel-certificates").start(this::reload);
        }
        return current.context().newHandler(allocator, serverName.orElse(host), port);
    }

    private void reload() {
        SslContext context = loaded.context();
        try {
            context = loader.load();
        } catch (ComponentFailure e) {
            LOG.warn("{}; going on with the certificates loaded before", e.getMessage());
        } finally {
            loaded = new Loaded(context, System.nanoTime());
            reloading.set(false);
        }
    }
}
