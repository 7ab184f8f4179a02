package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.httpclient.SecretText;
import io.lightvessel.gateway.httpclient.TlsConfig;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS to a job's targets; certificates in files are read again when they have changed. */
public final class ScrapeTls {
    /** What Prometheus allows, oldest first. */
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    static final ScrapeTls DEFAULT = new ScrapeTls(TlsConfig.SYSTEM);

    private final TlsConfig config;
    private @Nullable SslContext context;
    private List<String> stamp = List.of();

    private ScrapeTls(TlsConfig config) {
        this.config = config;
    }

    /** Reads everything once, so that a wrong path is known before anything is scraped. */
    public static ScrapeTls of(TlsConfig config) throws ComponentFailure {
        if (config.equals(TlsConfig.SYSTEM)) {
            return DEFAULT;
        }
        ScrapeTls tls = new ScrapeTls(config);
        try {
            tls.context();
        } catch (IOException | IllegalArgumentException e) {
            throw new ComponentFailure("tls_config: " + e.getMessage(), e);
        }
        return tls;
    }

    /** Reads files when they have changed, so not for event loops. */
    synchronized SslContext context() throws IOException {
        List<String> now = List.of(stamp(config.ca()), stamp(config.cert()), stamp(config.key()));
        SslContext known = context;
        if (known == null || !now.equals(stamp)) {
            known = build();
            context = known;
            stamp = now;
        }
        return known;
    }

    private static String stamp(Optional<SecretText> text) throws IOException {
        if (text.isPresent() && text.get() instanceof SecretText.InFile(Path path)) {
            if (!Files.isReadable(path)) {
                throw new IOException(path + " cannot be read");
            }
            return Files.getLastModifiedTime(path) + "/" + Files.size(path) + "/" + path.toRealPath();
        }
        return "";
    }

    private SslContext build() throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(protocols());
        if (config.insecureSkipVerify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else if (config.ca().isPresent()) {
            try (InputStream ca = read(config.ca().get())) {
                builder.trustManager(ca);
            }
        }
        if (config.cert().isPresent() != config.key().isPresent()) {
            throw new IOException("a certificate or a key alone (expected: both or none)");
        }
        if (config.cert().isPresent()) {
            try (InputStream cert = read(config.cert().get());
                    InputStream key = read(config.key().orElseThrow())) {
                builder.keyManager(cert, key);
            }
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** As the JDK names them. */
    List<String> protocols() {
        int from = VERSIONS.indexOf(config.minVersion().orElse("TLSv1.2"));
        int to = VERSIONS.indexOf(config.maxVersion().orElse("TLSv1.3"));
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("min_version and max_version leave none of " + VERSIONS);
        }
        return VERSIONS.subList(from, to + 1);
    }

    private static InputStream read(SecretText text) throws IOException {
        return switch (text) {
            case SecretText.Inline(String inline) -> new ByteArrayInputStream(inline.getBytes(StandardCharsets.UTF_8));
            case SecretText.InFile(Path path) -> Files.newInputStream(path);
        };
    }

    SslHandler handler(SslContext made, ByteBufAllocator allocator, Origin origin) {
        return made.newHandler(allocator, config.serverName().orElse(origin.host()), origin.port());
    }
}
