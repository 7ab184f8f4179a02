package io.lightvessel.fleet;

import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.StartupRefused;
import io.lightvessel.platform.secrets.SealedFiles;
import io.lightvessel.wire.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The key that signs what agents are told to run. Made once and kept: agents pin its public half when they enrol, so with
 * another key none of them would take a config again.
 */
@Component
class ConfigSigningKey {
    private static final String FILE = "config-signing";
    private static final Logger log = LoggerFactory.getLogger(ConfigSigningKey.class);

    private final KeyPair pair;

    ConfigSigningKey(LightvesselSettings settings, SealedFiles files) {
        Path file = settings.keys().resolve(FILE);
        pair = files.read(file).map(bytes -> parse(file, bytes)).orElseGet(() -> create(files, file));
    }

    KeyPair pair() {
        return pair;
    }

    private static KeyPair create(SealedFiles files, Path file) {
        KeyPair fresh = SigningKeys.generate();
        String text = "%s%n%s%n"
                .formatted(
                        Base64.getEncoder().encodeToString(fresh.getPrivate().getEncoded()),
                        SigningKeys.toBase64(fresh.getPublic()));
        files.write(file, text.getBytes(StandardCharsets.US_ASCII));
        log.info("config signing key {} created in {}", SigningKeys.keyId(fresh.getPublic()), file);
        return fresh;
    }

    private static KeyPair parse(Path file, byte[] content) {
        List<String> lines =
                new String(content, StandardCharsets.US_ASCII).lines().toList();
        if (lines.size() != 2) {
            throw unreadable(file, lines.size() + " lines (expected: 2)", null);
        }
        try {
            return new KeyPair(
                    SigningKeys.publicKey(lines.get(1)),
                    SigningKeys.privateKey(Base64.getDecoder().decode(lines.get(0))));
        } catch (IllegalArgumentException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static StartupRefused unreadable(Path file, String found, @Nullable Throwable cause) {
        String sentence =
                "The key %s cannot be read: %s. Put the right file back; with a new key every agent must enrol again."
                        .formatted(file, found);
        return cause == null ? new StartupRefused(sentence) : new StartupRefused(sentence, cause);
    }
}
