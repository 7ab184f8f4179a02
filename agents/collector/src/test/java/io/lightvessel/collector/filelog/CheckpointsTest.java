package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private final TailCheckpoint checkpoint = new TailCheckpoint(
            Path.of("/var/log/pods/a b_\u00e4_1/c/0.log"),
            new FileIdentity(7, -3),
            new Fingerprint(256, 4711),
            new Fingerprint(99, 12),
            99,
            Map.of("stdout", new Partial(5, "begin\n".getBytes(UTF_8)), "", new Partial(6, new byte[0])),
            1234);

    @TempDir
    Path directory;

    @Test
    void whatWasSavedIsLoadedByTheNextProcess() throws IOException {
        Checkpoints first = new Checkpoints(directory, "filelog/pods");
        assertThat(first.load()).isEmpty();
        assertThat(first.isFresh()).isTrue();
        first.save(List.of(checkpoint));

        Checkpoints second = new Checkpoints(directory, "filelog/pods");
        assertThat(second.load()).containsExactly(checkpoint);
        assertThat(second.isFresh()).isFalse();
        assertThat(new Checkpoints(directory, "filelog").load()).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        new Checkpoints(directory, "filelog").save(List.of(checkpoint));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("filelog-filelog.checkpoints"))))
                .isEqualTo("rw-------");
    }

    @Test
    void everyDamageIsNoticedAndTheFilePutAside() throws IOException {
        Path file = directory.resolve("filelog-filelog.checkpoints");
        new Checkpoints(directory, "filelog").save(List.of(checkpoint));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length - 1; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            Files.write(file, damaged);
            Checkpoints loaded = new Checkpoints(directory, "filelog");
            assertThat(loaded.load()).isEmpty();
            assertThat(loaded.isFresh())
                    .as("files are read from their beginning")
                    .isFalse();
            assertThat(file).doesNotExist();
            assertThat(directory.resolve("filelog-filelog.checkpoints.damaged")).hasBinaryContent(damaged);
        }
    }

    @Test
    void withoutADirectoryTheyLastAsLongAsTheObject() throws IOException {
        Checkpoints memory = new Checkpoints(null, "filelog");
        memory.save(List.of(checkpoint));
        assertThat(memory.load()).containsExactly(checkpoint);
    }
}
