package io.lightvessel.gateway.auth;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.ComponentFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PasswordFileFuzzTest {
    @Test
    void htpasswdFiles() {
        Fuzz.run(
                "htpasswd",
                5000,
                input -> {
                    PasswordFile.parse(new String(input, StandardCharsets.UTF_8), "");
                    return "";
                },
                ComponentFailure.class);
    }
}
