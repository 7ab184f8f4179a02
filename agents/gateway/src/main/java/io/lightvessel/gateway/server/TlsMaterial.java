package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.TlsSettings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads which certificate a listener shows and which clients it lets in, from the config or the files it names. */
final class TlsMaterial {
    private final Settings tls;
    private final String[] applicationProtocols;

    TlsMaterial(Settings tls, String... applicationProtocols) {
        this.tls = tls;
        this.applicationProtocols = applicationProtocols.clone();
    }

    SslContext load() throws ComponentFailure {
        TlsSettings common = new TlsSettings(tls);
        try (InputStream certificate = common.open("cert");
                InputStream key = common.open("key")) {
            SslContextBuilder builder = SslContextBuilder.forServer(certificate, key)
                    .sslProvider(SslProvider.JDK)
                    .protocols(common.protocols())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            applicationProtocols));
            if (!common.suites().isEmpty()) {
                builder.ciphers(common.suites());
            }
            String authorities = tls.optionalString("client_ca_file").orElse("");
            if (!authorities.isEmpty()) {
                try (InputStream trusted = Files.newInputStream(Path.of(authorities))) {
                    builder.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
                }
            }
            return builder.build();
        } catch (IOException | IllegalArgumentException e) {
            throw TlsSettings.failure(e);
        }
    }
}
