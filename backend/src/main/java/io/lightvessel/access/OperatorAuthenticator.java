package io.lightvessel.access;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells an operator by the one token that is in a file; without a file there are none. */
@Component
public class OperatorAuthenticator {
    private static final String PREFIX = "lvo_";
    private static final int LEAST = 32;

    private final byte @Nullable [] token;

    OperatorAuthenticator(OperatorSettings settings, LightvesselSettings platform) {
        Path file = settings.tokenFile();
        if (file != null) {
            token = read(file);
        } else if (platform.embedded().enabled()) {
            token = PrivateFiles.read(platform.dataDir().resolve("operator-token"))
                    .map(OperatorAuthenticator::stripped)
                    .orElseGet(() -> create(platform.dataDir().resolve("operator-token")));
        } else {
            token = null;
        }
    }

    public Operator authenticate(@Nullable String text) {
        if (token == null) {
            throw new LightvesselException(
                    AccessError.OPERATOR_TOKEN_INVALID,
                    "No operator may come in here (expected: lightvessel.operator.token-file).");
        }
        if (text == null || !MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8))) {
            throw new LightvesselException(
                    AccessError.OPERATOR_TOKEN_INVALID,
                    "Authorization: no operator's token (expected: Bearer and the one in the operator's token file).");
        }
        return new Operator("token");
    }

    private static byte[] read(Path file) {
        byte[] found = PrivateFiles.read(file)
                .map(OperatorAuthenticator::stripped)
                .orElseThrow(() -> new StartupRefused(
                        "lightvessel.operator.token-file: %s is not there (expected: a file with a token)."
                                .formatted(file)));
        if (found.length < LEAST) {
            throw new StartupRefused("%s holds %d characters (expected: a random token of at least %d)."
                    .formatted(file, found.length, LEAST));
        }
        return found;
    }

    private static byte[] create(Path file) {
        byte[] random = new byte[LEAST];
        new SecureRandom().nextBytes(random);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] stripped(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    }
}
