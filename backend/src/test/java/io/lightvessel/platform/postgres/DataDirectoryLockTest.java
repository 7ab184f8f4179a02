package io.lightvessel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.StartupRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryLockTest {
    @TempDir
    private Path dir;

    @Test
    void aSecondControlPlaneIsRefused() {
        try (DataDirectoryLock held = DataDirectoryLock.acquire(dir)) {
            assertThatThrownBy(() -> DataDirectoryLock.acquire(dir))
                    .isInstanceOf(StartupRefused.class)
                    .hasMessage(
                            "The data directory " + dir + " is in use by another control plane: stop that one first, or"
                                    + " choose another directory.");
        }
    }

    @Test
    void theDirectoryIsFreeAgainAfterwards() {
        DataDirectoryLock.acquire(dir).close();

        assertThatCode(() -> DataDirectoryLock.acquire(dir).close()).doesNotThrowAnyException();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefused() throws Exception {
        Path file = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> DataDirectoryLock.acquire(file.resolve("below")))
                .isInstanceOf(StartupRefused.class)
                .hasMessageStartingWith("The data directory " + file.resolve("below") + " cannot be used: ");
    }
}
