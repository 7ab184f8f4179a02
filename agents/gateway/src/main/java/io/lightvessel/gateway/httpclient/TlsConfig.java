package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.util.Optional;

/**
 * Prometheus' {@code tls_config}.
 *
 * @param ca certificates to trust, in PEM; the system's when absent
 * @param minVersion as the JDK spells it, for example {@code TLSv1.2}
 */
public record TlsConfig(
        Optional<SecretText> ca,
        Optional<SecretText> cert,
        Optional<SecretText> key,
        Optional<String> serverName,
        boolean insecureSkipVerify,
        Optional<String> minVersion,
        Optional<String> maxVersion) {

    /** What the system trusts, without a client certificate. */
    public static final TlsConfig SYSTEM = new TlsConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty());

    public static TlsConfig of(Settings settings) {
        return new TlsConfig(
                SecretText.of(settings, "ca", "ca_file"),
                SecretText.of(settings, "cert", "cert_file"),
                SecretText.of(settings, "key", "key_file"),
                settings.optionalString("server_name"),
                settings.flag("insecure_skip_verify"),
                settings.optionalString("min_version").map(TlsConfig::protocol),
                settings.optionalString("max_version").map(TlsConfig::protocol));
    }

    /** The JDK's name for {@code TLS10} is {@code TLSv1}. */
    private static String protocol(String version) {
        return version.equals("TLS10") ? "TLSv1" : "TLSv1." + version.charAt(version.length() - 1);
    }
}
