package io.lightvessel.local.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00.000000789Z"), ZoneOffset.UTC);

    @TempDir
    Path pods;

    @Test
    void aPathTellsNamespacePodUidAndContainer() {
        Path file = new PodLog(pods, "shop", "orders-0", "orders").file();

        assertThat(pods.relativize(file).toString()).matches("shop_orders-0_[0-9a-f-]{36}/orders/0\\.log");
    }

    @Test
    void aLineHasTimeStreamAndTag() throws Exception {
        Path file = pods.resolve("c").resolve("0.log");
        try (CriFile cri = new CriFile(file, 1_000, 2, CLOCK)) {
            cri.line("stdout", bytes("order 1001 accepted"));
            cri.line("stderr", bytes(""));
        }

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "2026-11-23T12:00:00.000000789Z stdout F order 1001 accepted",
                        "2026-11-23T12:00:00.000000789Z stderr F ");
    }

    @Test
    void aLongLineIsSplitAsContainerdDoes() throws Exception {
        Path file = pods.resolve("0.log");
        try (CriFile cri = new CriFile(file, 1_000_000, 2, CLOCK)) {
            cri.line("stdout", bytes("x".repeat(2 * CriFile.PARTIAL + 1)));
        }

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).extracting(line -> line.substring(38, 39)).containsExactly("P", "P", "F");
        assertThat(lines.getLast()).endsWith(" F x");
    }

    @Test
    void aFullFileIsRenamedAndTheOldestGoes() throws Exception {
        Path file = pods.resolve("0.log");
        try (CriFile cri = new CriFile(file, 100, 2, CLOCK)) {
            for (int i = 0; i < 12; i++) {
                cri.line("stdout", bytes("line " + i + " of some length"));
            }
        }

        try (Stream<Path> files = Files.list(pods)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .hasSize(3)
                    .contains("0.log")
                    .allMatch(name -> name.matches("0\\.log(\\.20261123-1200\\d\\d)?"));
        }
    }

    @Test
    void anotherStartGoesOnInTheSameFile() throws Exception {
        Path file = pods.resolve("0.log");
        for (String text : List.of("first", "second")) {
            try (CriFile cri = new CriFile(file, 1_000, 2, CLOCK)) {
                cri.line("stdout", bytes(text));
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
