package io.lightvessel.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ExtensionTestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedFileTest {
    @TempDir
    private Path directory;

    private final ExtensionTestContext.Clock clock = new ExtensionTestContext.Clock();

    /** Written while the clock was wrong: its time lies before the old one's, or far ahead. */
    @ParameterizedTest
    @ValueSource(strings = {"-P1D", "P365D", "-P15000D"})
    void aNewContentCountsWhateverItsTimeSays(Duration jump) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, "old");
        WatchedFile watched = WatchedFile.open("filename", file.toString(), clock);
        assertThat(watched.text()).isEqualTo("old");
        Files.writeString(file, "new");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(jump)));
        assertThat(watched.text()).as("not looked at again within a second").isEqualTo("old");
        clock.advance(Duration.ofSeconds(1));
        assertThat(watched.text()).isEqualTo("new");
    }

    @Test
    void whatWasReadHoldsWhileTheFileIsAway() throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, "old");
        WatchedFile watched = WatchedFile.open("filename", file.toString(), clock);
        Files.delete(file);
        clock.advance(Duration.ofDays(365));
        assertThat(watched.text()).isEqualTo("old");
        Files.writeString(file, "newer");
        clock.advance(Duration.ofSeconds(1));
        assertThat(watched.text()).isEqualTo("newer");
    }
}
