package io.lightvessel.platform.secrets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the keys come from that seal what is kept.
 *
 * @param keys the keys themselves, separated by commas, the first one sealing
 * @param keyFile a file with one a line
 */
@ConfigurationProperties("lightvessel.secrets")
record SecretsSettings(@Nullable String keys, @Nullable Path keyFile) {

    /** Without the keys, so that it may appear in logs. */
    @Override
    public String toString() {
        return "SecretsSettings[" + keyFile + "]";
    }
}
