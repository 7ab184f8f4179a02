package io.lightvessel.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are put aside under names made of times, and the clock is set back or ahead in between. */
class RotationClockTest {
    @TempDir
    private Path directory;

    private OutputFile open(int backups) throws Exception {
        OutputFile file = OutputFile.open(directory.resolve("out.json"), true, false);
        file.rotate(new Rotation(1, null, backups, false));
        return file;
    }

    private static void append(OutputFile file, int number, Instant now) throws Exception {
        file.append(ByteBuffer.wrap(("record " + number + "\n").getBytes(StandardCharsets.UTF_8)), now);
    }

    private List<String> contents() throws Exception {
        List<String> all = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.addAll(Files.readAllLines(file));
            }
        }
        return all;
    }

    @Test
    void aClockThatStandsStillOrJumpsOverwritesNothing() throws Exception {
        OutputFile file = open(0);
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        List<String> expected = new ArrayList<>();
        Duration[] jumps = {
            Duration.ZERO, Duration.ofDays(365), Duration.ofDays(-366), Duration.ofDays(1), Duration.ofDays(-1)
        };
        for (int i = 0; i < 20; i++) {
            now = now.plus(jumps[i % jumps.length]);
            append(file, i, now);
            expected.add("record " + i);
        }
        file.release();
        assertThat(contents()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void afterTheClockWasSetBackTheNewestFileStays() throws Exception {
        OutputFile file = open(1);
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        append(file, 1, now);
        append(file, 2, now);
        append(file, 3, now.minus(Duration.ofDays(1)));
        file.release();
        assertThat(contents()).containsExactlyInAnyOrder("record 2", "record 3");
    }

    @Test
    void filesOfOneMomentAreOrderedByTheirNames() throws Exception {
        OutputFile file = open(3);
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        for (int i = 0; i < 8; i++) {
            append(file, i, now);
        }
        file.release();
        // Three aside and the one in use.
        assertThat(contents()).containsExactlyInAnyOrder("record 4", "record 5", "record 6", "record 7");
    }
}
