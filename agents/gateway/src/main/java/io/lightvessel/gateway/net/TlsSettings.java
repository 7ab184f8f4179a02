package io.lightvessel.gateway.net;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the {@code tls} sections of clients and servers have in common, read as the TLS library wants it. */
public record TlsSettings(Settings tls) {
    private static final List<String> VERSIONS = List.of("1.2", "1.3");
    /** Always on where TLS 1.3 is: choosing suites is about older versions. */
    private static final List<String> SUITES_OF_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    public List<String> protocols() throws ComponentFailure {
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

    /** Empty leaves the choice to the runtime. */
    public List<String> suites() {
        if (!tls.has("cipher_suites") || tls.strings("cipher_suites").isEmpty()) {
            return List.of();
        }
        List<String> suites = new ArrayList<>(tls.strings("cipher_suites"));
        suites.addAll(SUITES_OF_1_3);
        return suites;
    }

    /** @param what {@code ca}, {@code cert} or {@code key}, which may be in a file or in the config itself */
    public boolean has(String what) {
        return !text(what + "_pem").isEmpty() || !text(what + "_file").isEmpty();
    }

    /** Opens it; blocks. */
    public InputStream open(String what) throws IOException, ComponentFailure {
        String pem = text(what + "_pem");
        if (!pem.isEmpty()) {
            return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
        }
        String file = text(what + "_file");
        if (file.isEmpty()) {
            throw new ComponentFailure("tls: no " + what + " (expected: " + what + "_file or " + what + "_pem)");
        }
        return Files.newInputStream(Path.of(file));
    }

    /** In words that say what is wrong rather than where it was noticed. */
    public static ComponentFailure failure(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return new ComponentFailure("tls: " + cause.getMessage() + ": no such file", cause);
        }
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        return new ComponentFailure("tls: " + root.getMessage(), cause);
    }

    private String text(String key) {
        return tls.optionalString(key).orElse("");
    }
}
