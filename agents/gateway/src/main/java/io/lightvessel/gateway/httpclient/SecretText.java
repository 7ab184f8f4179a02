package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** A secret, or a file that holds it and may change; never printed. */
public sealed interface SecretText {

    /** Written in the config. */
    record Inline(String text) implements SecretText {
        @Override
        public String toString() {
            return Settings.REDACTED;
        }
    }

    /** In a file, whose text counts without spaces and line breaks around it. */
    record InFile(Path path) implements SecretText {}

    static Optional<SecretText> of(Settings settings, String key, String fileKey) {
        return settings.optionalString(key)
                .<SecretText>map(Inline::new)
                .or(() -> settings.optionalString(fileKey).map(path -> new InFile(Path.of(path))));
    }
}
