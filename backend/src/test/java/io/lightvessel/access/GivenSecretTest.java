package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.StartupRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenSecretTest {
    private static final String SETTING = "lightvessel.oidc.client-secret";

    @TempDir
    private Path dir;

    @Test
    void aFilesSecretEndsBeforeItsLineDoes() throws Exception {
        Path file = Files.writeString(dir.resolve("secret"), "s3cret\n");
        assertThat(GivenSecret.of(SETTING, null, file)).isEqualTo("s3cret");
        assertThat(GivenSecret.of(SETTING, "as text", null)).isEqualTo("as text");
        assertThat(GivenSecret.of(SETTING, null, null)).isNull();
    }

    @Test
    void twoSecretsAndNoneAreRefusedAtStart() throws Exception {
        Path empty = Files.createFile(dir.resolve("empty"));
        Path missing = dir.resolve("missing");
        assertThatThrownBy(() -> GivenSecret.of(SETTING, "a", empty))
                .isInstanceOf(StartupRefused.class)
                .hasMessage("lightvessel.oidc.client-secret: given twice (expected: lightvessel.oidc.client-secret or"
                        + " lightvessel.oidc.client-secret-file, not both).");
        assertThatThrownBy(() -> GivenSecret.of(SETTING, null, empty))
                .hasMessage("lightvessel.oidc.client-secret-file: %s is empty (expected: the secret).", empty);
        assertThatThrownBy(() -> GivenSecret.of(SETTING, null, missing))
                .hasMessage(
                        "lightvessel.oidc.client-secret-file: %s cannot be read (expected: a file with the secret).",
                        missing);
    }
}
