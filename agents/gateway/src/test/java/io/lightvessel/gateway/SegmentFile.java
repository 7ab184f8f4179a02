package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.disk.Amount;
import io.lightvessel.pipeline.disk.DiskLog;
import io.lightvessel.pipeline.disk.LogListener;
import io.lightvessel.pipeline.disk.LogOptions;
import io.lightvessel.pipeline.disk.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A queue's directory with one file in it, whose name is the input's first twelve bytes and whose content the rest. */
final class SegmentFile {
    private static final LogOptions OPTIONS = new LogOptions(1 << 20, false, 1 << 20, Duration.ofSeconds(1));

    private SegmentFile() {}

    /** Nothing could be read. */
    static final class Damaged extends Exception {}

    /** How many entries a life of the process gets out of it; the next one finds none. */
    static int read(Path directory, byte[] input) throws IOException, Damaged {
        ByteBuffer name = ByteBuffer.wrap(Arrays.copyOf(input, 12));
        HexFormat hex = HexFormat.of();
        // Gone when Jazzer has got at the target by running the test.
        Files.createDirectories(directory);
        Files.write(
                directory.resolve(hex.toHexDigits(name.getLong()) + "-" + hex.toHexDigits(name.getInt()) + ".seg"),
                Arrays.copyOfRange(input, Math.min(12, input.length), input.length));
        try {
            int entries = life(directory);
            assertThat(life(directory)).isZero();
            if (entries == 0) {
                throw new Damaged();
            }
            return entries;
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : List.copyOf(files.toList())) {
                    Files.delete(file);
                }
            }
        }
    }

    private static int life(Path directory) throws IOException {
        int entries = 0;
        try (DiskLog log = DiskLog.open(directory, OPTIONS, new Listener())) {
            for (Stored stored = log.next(); stored != null; stored = log.next()) {
                assertThat(stored.body().toString(StandardCharsets.UTF_8)).matches("entry \\d x*");
                stored.body().release();
                log.acknowledge(stored);
                entries++;
            }
        }
        return entries;
    }

    private record Listener() implements LogListener {
        @Override
        public void corrupted(String pipeline, Amount amount) {
            assertThat(amount.records()).isNotNegative();
        }

        @Override
        public void broken(String message) {
            throw new AssertionError(message);
        }
    }
}
