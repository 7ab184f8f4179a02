package io.lightvessel.platform.secrets;

import io.lightvessel.platform.LightvesselSettings;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {
    private static final Logger log = LoggerFactory.getLogger(SecretsConfiguration.class);

    /** A key source of somebody's own, which asks a key management service, goes before what is set. */
    @Bean
    SealedFiles sealedFiles(ObjectProvider<KeySource> own, SecretsSettings settings, LightvesselSettings platform) {
        KeySource source = own.getIfAvailable();
        return new SealedFiles(source == null ? configured(settings, platform) : source);
    }

    @Bean
    SealedBytes sealedBytes(SealedFiles files) {
        return new SealedBytes(files.source());
    }

    private static KeySource configured(SecretsSettings settings, LightvesselSettings platform) {
        String keys = settings.keys();
        if (keys != null) {
            return new KeyText(keys);
        }
        Path file = settings.keyFile();
        if (file != null) {
            return new KeyFile(file, false);
        }
        if (!platform.embedded().enabled()) {
            log.warn(
                    "secrets: the key that seals {} lies beside it (expected: lightvessel.secrets.key-file or .keys)",
                    platform.keys());
        }
        return new KeyFile(platform.keys().resolve("sealing"), true);
    }
}
