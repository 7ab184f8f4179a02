package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotatedFilesTest {
    @TempDir
    Path directory;

    @Test
    void datedOnesAreInTheOrderOfTheirNames() throws IOException {
        assertThat(names("0.log", "0.log.20261127-100010", "0.log.20261127-100000.gz", "0.log.20261127-100020.tmp"))
                .containsExactly("0.log.20261127-100000.gz", "0.log.20261127-100010");
    }

    @Test
    void theHigherTheNumberTheOlderTheFile() throws IOException {
        assertThat(names("app.log", "app.log.1", "app.log.10.gz", "app.log.2"))
                .containsExactly("app.log.10.gz", "app.log.2", "app.log.1");
    }

    @Test
    void otherLogsBesideAreNotRotatedOnes() throws IOException {
        assertThat(names("1.log", "1.log.20261127-100010", "10.log", "1.log-errors", "1.logs.1"))
                .containsExactly("1.log.20261127-100010");
    }

    @ParameterizedTest
    @CsvSource({
        "0.log.20261127-100010,0.log",
        "0.log.20261127-100010.gz,0.log",
        "app.log.1,app.log",
        "app-20261127,app",
        "app.log,",
        "app-1.log,"
    })
    void theNameTellsWhoseFileItIs(String name, String log) {
        assertThat(RotatedFiles.logOf(Path.of("/logs", name)))
                .isEqualTo(Optional.ofNullable(log).map(n -> Path.of("/logs", n)));
    }

    private List<String> names(String log, String... others) throws IOException {
        Files.createFile(directory.resolve(log));
        for (String other : others) {
            Files.createFile(directory.resolve(other));
        }
        return RotatedFiles.of(directory.resolve(log)).stream()
                .map(file -> file.path().getFileName().toString())
                .toList();
    }
}
