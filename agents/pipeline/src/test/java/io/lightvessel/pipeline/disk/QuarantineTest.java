package io.lightvessel.pipeline.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a quarantine that is full does not keep is reported and counted all the same, and holds nothing up. */
class QuarantineTest {

    @Test
    void pastItsLimitDamagedRecordsAreCountedButNotKept() throws IOException {
        Map<String, byte[]> damaged = damaged();
        Map<String, byte[]> unlimited = drained(damaged, 1 << 20);
        List<String> both = bad(unlimited);
        assertThat(both).hasSize(2);

        int first = unlimited.get(both.getFirst()).length;
        Map<String, byte[]> limited = drained(damaged, first);
        assertThat(bad(limited)).containsExactly(both.getFirst());
        assertThat(limited.get(both.getFirst())).isEqualTo(unlimited.get(both.getFirst()));
        assertThat(bad(drained(damaged, 1))).isEmpty();

        // What is in the quarantine from an earlier life counts.
        damaged.put("quarantine-earlier-0.bad", new byte[first]);
        assertThat(bad(drained(damaged, first))).containsExactly("quarantine-earlier-0.bad");
    }

    /** Segments of five entries, of which 1 and 3 are damaged. */
    private static Map<String, byte[]> damaged() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 5);
        }
        Map<String, byte[]> files = disk.files();
        for (byte[] bytes : files.values()) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (String entry : List.of("entry 1", "entry 3")) {
                int at = text.indexOf(entry);
                if (at >= 0) {
                    bytes[at] ^= 4;
                }
            }
        }
        return files;
    }

    /** The files after a life with so much quarantine, in which everything sound was delivered. */
    private static Map<String, byte[]> drained(Map<String, byte[]> files, long quarantineBytes) throws IOException {
        MemoryDisk disk = MemoryDisk.of(files);
        LogOptions options = new LogOptions(1 << 20, true, quarantineBytes, LogHarness.NO_WAIT);
        try (LogHarness log = new LogHarness(disk, options)) {
            assertThat(log.drain()).isEqualTo(List.of(0, 2, 4));
            assertThat(log.corrupted)
                    .isEqualTo(Map.of(
                            "logs/1",
                            LogHarness.envelope(1)
                                    .amount()
                                    .plus(LogHarness.envelope(3).amount())));
        }
        return disk.files();
    }

    private static List<String> bad(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(".bad"))
                .sorted()
                .toList();
    }
}
