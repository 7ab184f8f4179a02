package io.lightvessel.gateway.net;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads a {@code tls} section: whom a client trusts and how it shows who it is. */
public final class ClientTls {
    private final @Nullable Settings settings;

    private ClientTls(@Nullable Settings settings) {
        this.settings = settings;
    }

    public static ClientTls of(Settings exporter) {
        return new ClientTls(exporter.optionalSection("tls").orElse(null));
    }

    /** Whether the config asks for no TLS at all. */
    public boolean isInsecure() {
        return flag("insecure");
    }

    /** The name to expect in the server's certificate instead of the endpoint's host. */
    public Optional<String> serverName() {
        return text("server_name_override");
    }

    public SslContext forHttp2() throws ComponentFailure {
        try {
            return builder()
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2))
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ComponentFailure("tls: " + e.getMessage(), e);
        }
    }

    public SslContext forHttp1() throws ComponentFailure {
        try {
            return builder().build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ComponentFailure("tls: " + e.getMessage(), e);
        }
    }

    private SslContextBuilder builder() {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (flag("insecure_skip_verify")) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            builder.endpointIdentificationAlgorithm(null);
        } else {
            text("ca_file").ifPresent(file -> builder.trustManager(new File(file)));
        }
        Optional<String> certificate = text("cert_file");
        Optional<String> key = text("key_file");
        if (certificate.isPresent() && key.isPresent()) {
            builder.keyManager(new File(certificate.get()), new File(key.get()));
        }
        return builder;
    }

    private boolean flag(String key) {
        return settings != null && settings.has(key) && settings.flag(key);
    }

    private Optional<String> text(String key) {
        return settings == null
                ? Optional.empty()
                : settings.optionalString(key).filter(value -> !value.isEmpty());
    }
}
