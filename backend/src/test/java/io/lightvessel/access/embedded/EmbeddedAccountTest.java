package io.lightvessel.access.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAccountTest {
    @TempDir
    private Path dir;

    @Test
    void thePasswordIsMadeOnceAndKept() {
        Path file = dir.resolve("sign-in");
        EmbeddedAccount first = EmbeddedAccount.readOrCreate(file, "demo");

        assertThat(first.password()).matches("[a-z0-9]{4}(-[a-z0-9]{4}){3}");
        assertThat(EmbeddedAccount.readOrCreate(file, "demo")).isEqualTo(first);
        assertThat(first.toString()).doesNotContain(first.password());
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        Path file = Files.writeString(dir.resolve("sign-in"), "demo\n");

        assertThatThrownBy(() -> EmbeddedAccount.readOrCreate(file, "demo"))
                .hasMessage(file
                        + ": 1 lines (expected: two, user and password); delete the file to have a new one written.");
    }
}
