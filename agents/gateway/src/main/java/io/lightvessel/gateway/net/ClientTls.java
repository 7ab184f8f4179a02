package io.lightvessel.gateway.net;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
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
        return settings != null && flag(settings, "insecure");
    }

    /** The name to expect in the server's certificate instead of the endpoint's host. */
    public Optional<String> serverName() {
        return settings == null
                ? Optional.empty()
                : settings.optionalString("server_name_override").filter(value -> !value.isEmpty());
    }

    public TlsContexts forHttp2() throws ComponentFailure {
        return contexts(new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2));
    }

    public TlsContexts forHttp1() throws ComponentFailure {
        return contexts(ApplicationProtocolConfig.DISABLED);
    }

    private TlsContexts contexts(ApplicationProtocolConfig protocols) throws ComponentFailure {
        Duration interval = settings != null && settings.has("reload_interval")
                ? settings.duration("reload_interval")
                : Duration.ZERO;
        return new TlsContexts(() -> load(protocols), interval, serverName());
    }

    private SslContext load(ApplicationProtocolConfig protocols) throws ComponentFailure {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).applicationProtocolConfig(protocols);
        try {
            if (settings != null) {
                read(settings, builder);
            }
            SslContext context = builder.build();
            // Suites that the runtime does not have are noticed here only.
            ReferenceCountUtil.release(context.newEngine(UnpooledByteBufAllocator.DEFAULT));
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw TlsSettings.failure(e);
        }
    }

    private static void read(Settings tls, SslContextBuilder builder)
            throws ComponentFailure, IOException, GeneralSecurityException {
        TlsSettings common = new TlsSettings(tls);
        builder.protocols(common.protocols());
        if (!common.suites().isEmpty()) {
            builder.ciphers(common.suites());
        }
        if (flag(tls, "insecure_skip_verify")) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            builder.endpointIdentificationAlgorithm(null);
        } else if (common.has("ca")) {
            try (InputStream authorities = common.open("ca")) {
                if (flag(tls, "include_system_ca_certs_pool")) {
                    builder.trustManager(withSystems(authorities));
                } else {
                    builder.trustManager(authorities);
                }
            }
        }
        if (common.has("cert") && common.has("key")) {
            try (InputStream certificate = common.open("cert");
                    InputStream key = common.open("key")) {
                builder.keyManager(certificate, key);
            }
        }
    }

    private static List<X509Certificate> withSystems(InputStream authorities) throws GeneralSecurityException {
        List<X509Certificate> trusted = new ArrayList<>();
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(authorities)) {
            trusted.add((X509Certificate) each);
        }
        TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        system.init((KeyStore) null);
        for (TrustManager each : system.getTrustManagers()) {
            if (each instanceof X509TrustManager manager) {
                trusted.addAll(List.of(manager.getAcceptedIssuers()));
            }
        }
        return trusted;
    }

    private static boolean flag(Settings tls, String key) {
        return tls.has(key) && tls.flag(key);
    }
}
