package io.lightvessel.gateway.scrape.http;

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
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS to a job's targets; certificates in files are read again when they have changed. */
public final class ScrapeTls {
    /** What Prometheus allows, oldest first. */
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    /**
     * What a {@code tls_config} says; null where it says nothing. Each of ca, cert and key is either a text or a file.
     *
     * @param minVersion as in Prometheus, {@code TLS12}; null for TLS 1.2
     */
    public record Settings(
            @Nullable String ca,
            @Nullable String caFile,
            @Nullable String cert,
            @Nullable String certFile,
            @Nullable String key,
            @Nullable String keyFile,
            @Nullable String serverName,
            boolean insecureSkipVerify,
            @Nullable String minVersion,
            @Nullable String maxVersion) {

        /** The system's own trust, and no certificate. */
        public static final Settings DEFAULT =
                new Settings(null, null, null, null, null, null, null, false, null, null);

        /** Texts may be secrets. */
        @Override
        public String toString() {
            return "tls[caFile=" + caFile + ", certFile=" + certFile + ", keyFile=" + keyFile + ", serverName="
                    + serverName + "]";
        }
    }

    static final ScrapeTls DEFAULT = new ScrapeTls(Settings.DEFAULT);

    private final Settings settings;
    private @Nullable SslContext context;
    private List<String> stamp = List.of();

    private ScrapeTls(Settings settings) {
        this.settings = settings;
    }

    /** Reads everything once, so that a wrong path is known before anything is scraped. */
    public static ScrapeTls of(Settings settings) throws ComponentFailure {
        ScrapeTls tls = new ScrapeTls(settings);
        try {
            tls.context();
        } catch (IOException | IllegalArgumentException e) {
            throw new ComponentFailure("tls_config: " + e.getMessage(), e);
        }
        return tls;
    }

    /** Reads files when they have changed, so not for event loops. */
    synchronized SslContext context() throws IOException {
        List<String> now = List.of(stamp(settings.caFile), stamp(settings.certFile), stamp(settings.keyFile));
        SslContext known = context;
        if (known == null || !now.equals(stamp)) {
            known = build();
            context = known;
            stamp = now;
        }
        return known;
    }

    private static String stamp(@Nullable String file) throws IOException {
        if (file == null) {
            return "";
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw new IOException(file + " cannot be read");
        }
        return Files.getLastModifiedTime(path) + "/" + Files.size(path) + "/" + path.toRealPath();
    }

    private SslContext build() throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(protocols());
        if (settings.insecureSkipVerify) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else if (settings.ca != null || settings.caFile != null) {
            try (InputStream ca = read("ca_file", settings.ca, settings.caFile)) {
                builder.trustManager(ca);
            }
        }
        boolean hasCert = settings.cert != null || settings.certFile != null;
        if (hasCert != (settings.key != null || settings.keyFile != null)) {
            throw new IOException("cert_file and key_file (expected: both or none)");
        }
        if (hasCert) {
            try (InputStream cert = read("cert_file", settings.cert, settings.certFile);
                    InputStream key = read("key_file", settings.key, settings.keyFile)) {
                builder.keyManager(cert, key);
            }
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<String> protocols() {
        int from = version("min_version", settings.minVersion, VERSIONS.indexOf("TLSv1.2"));
        int to = version("max_version", settings.maxVersion, VERSIONS.size() - 1);
        if (from > to) {
            throw new IllegalArgumentException(
                    "min_version: " + settings.minVersion + " (expected: at most " + settings.maxVersion + ")");
        }
        return VERSIONS.subList(from, to + 1);
    }

    private static int version(String key, @Nullable String name, int otherwise) {
        if (name == null) {
            return otherwise;
        }
        return switch (name) {
            case "TLS10" -> 0;
            case "TLS11" -> 1;
            case "TLS12" -> 2;
            case "TLS13" -> 3;
            default ->
                throw new IllegalArgumentException(key + ": " + name + " (expected: TLS10, TLS11, TLS12 or TLS13)");
        };
    }

    private static InputStream read(String key, @Nullable String text, @Nullable String file) throws IOException {
        if (text != null) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
        if (file == null) {
            throw new IOException(key + " is not set");
        }
        return Files.newInputStream(Path.of(file));
    }

    SslHandler handler(SslContext made, ByteBufAllocator allocator, Origin origin) {
        String name = settings.serverName;
        return made.newHandler(allocator, name == null || name.isEmpty() ? origin.host() : name, origin.port());
    }
}
