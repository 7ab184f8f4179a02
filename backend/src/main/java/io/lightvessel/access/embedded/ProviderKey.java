package io.lightvessel.access.embedded;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.lightvessel.platform.StartupRefused;
import io.lightvessel.platform.secrets.SealedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;

/** The key the embedded provider signs ID tokens with, kept between starts. */
final class ProviderKey {
    private static final int BITS = 2048;

    private ProviderKey() {}

    static RSAKey readOrCreate(SealedFiles files, Path file) {
        return files.read(file).map(bytes -> parse(file, bytes)).orElseGet(() -> {
            RSAKey key = create();
            files.write(file, key.toJSONString().getBytes(StandardCharsets.UTF_8));
            return key;
        });
    }

    private static RSAKey parse(Path file, byte[] bytes) {
        try {
            return RSAKey.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new StartupRefused(
                    file
                            + " is no RSA key in JWK form (expected: the file as it was written); delete it to have a new one"
                            + " made.",
                    e);
        }
    }

    private static RSAKey create() {
        try {
            return new RSAKeyGenerator(BITS).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java has no RSA", e);
        }
    }
}
