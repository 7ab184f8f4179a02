package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads which certificate a listener shows and which clients it lets in, from the config or the files it names. */
final class TlsMaterial {
    private static final List<String> VERSIONS = List.of("1.2", "1.3");
    /** Always on where TLS 1.3 is: choosing suites is about older versions. */
    private static final List<String> SUITES_OF_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final Settings tls;
    private final String[] applicationProtocols;

    TlsMaterial(Settings tls, String... applicationProtocols) {
        this.tls = tls;
        this.applicationProtocols = applicationProtocols.clone();
    }

    SslContext load() throws ComponentFailure {
        try (InputStream certificate = open("cert");
                InputStream key = open("key")) {
            SslContextBuilder builder = SslContextBuilder.forServer(certificate, key)
                    .sslProvider(SslProvider.JDK)
                    .protocols(protocols())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            applicationProtocols));
            if (tls.has("cipher_suites") && !tls.strings("cipher_suites").isEmpty()) {
                List<String> suites = new ArrayList<>(tls.strings("cipher_suites"));
                suites.addAll(SUITES_OF_1_3);
                builder.ciphers(suites);
            }
            String authorities = tls.optionalString("client_ca_file").orElse("");
            if (!authorities.isEmpty()) {
                try (InputStream trusted = Files.newInputStream(Path.of(authorities))) {
                    builder.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
                }
            }
            return builder.build();
        } catch (NoSuchFileException e) {
            throw new ComponentFailure("tls: " + e.getMessage() + ": no such file", e);
        } catch (IOException | IllegalArgumentException e) {
            Throwable root = e.getCause() == null ? e : e.getCause();
            throw new ComponentFailure("tls: " + root.getMessage(), e);
        }
    }

    private List<String> protocols() throws ComponentFailure {
        String min = tls.optionalString("min_version").filter(v -> !v.isEmpty()).orElse("1.2");
        String max = tls.optionalString("max_version").filter(v -> !v.isEmpty()).orElse("1.3");
        List<String> protocols = new ArrayList<>();
        for (String version : VERSIONS.reversed()) {
            if (version.compareTo(min) >= 0 && version.compareTo(max) <= 0) {
                protocols.add("TLSv" + version);
            }
        }
        if (protocols.isEmpty()) {
            throw new ComponentFailure("tls: max_version: " + max + " (expected: min_version, " + min + ", or higher)");
        }
        return protocols;
    }

    private InputStream open(String what) throws IOException, ComponentFailure {
        String pem = tls.optionalString(what + "_pem").orElse("");
        if (!pem.isEmpty()) {
            return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
        }
        String file = tls.optionalString(what + "_file").orElse("");
        if (file.isEmpty()) {
            throw new ComponentFailure("tls: no " + what + " (expected: " + what + "_file or " + what + "_pem)");
        }
        return Files.newInputStream(Path.of(file));
    }
}
