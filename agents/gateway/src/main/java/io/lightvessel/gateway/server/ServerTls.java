package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads a listener's {@code tls} section: which certificate it shows and which clients it lets in. */
final class ServerTls {
    private ServerTls() {}

    /** Null when the listener speaks cleartext. */
    static @Nullable SslContext of(Settings listener, String... applicationProtocols) throws ComponentFailure {
        Optional<Settings> section = listener.optionalSection("tls");
        if (section.isEmpty()) {
            return null;
        }
        Settings tls = section.get();
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            new File(tls.string("cert_file")), new File(tls.string("key_file")))
                    .sslProvider(SslProvider.JDK)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            applicationProtocols));
            if ("1.3".equals(tls.string("min_version"))) {
                builder.protocols("TLSv1.3");
            } else {
                builder.protocols("TLSv1.3", "TLSv1.2");
            }
            tls.optionalString("client_ca_file")
                    .filter(file -> !file.isEmpty())
                    .ifPresent(file -> builder.trustManager(new File(file)).clientAuth(ClientAuth.REQUIRE));
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable root = e.getCause() == null ? e : e.getCause();
            throw new ComponentFailure("tls: " + root.getMessage(), e);
        }
    }
}
