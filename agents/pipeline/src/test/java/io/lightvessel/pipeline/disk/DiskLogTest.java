package io.lightvessel.pipeline.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLogTest {

    private static final LogOptions SMALL = new LogOptions(400, true, 1 << 20, Duration.ZERO);

    @TempDir
    private Path directory;

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void whatIsCommittedIsHandedOutInOrder() throws IOException {
        try (LogHarness log = new LogHarness(new MemoryDisk(), SMALL)) {
            log.fill(0, 100);
            assertThat(log.drain()).isEqualTo(numbers(0, 100));
            assertThat(log.log.unread()).isEmpty();
        }
    }

    @Test
    void anotherLifeBeginsWithWhatWasNotAcknowledged() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            log.fill(0, 50);
            for (int n = 0; n < 20; n++) {
                LogHarness.Delivered delivered = log.next();
                if (n % 4 != 1) {
                    log.log.acknowledge(delivered.stored());
                }
            }
        }
        List<Integer> expected = new ArrayList<>(List.of(1, 5, 9, 13, 17));
        expected.addAll(numbers(20, 50));
        Amounts restored = new Amounts();
        expected.forEach(n -> restored.add(
                LogHarness.envelope(n).pipeline(), LogHarness.envelope(n).amount()));
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            assertThat(log.log.restored()).isEqualTo(restored.copy());
            log.fill(50, 60);
            expected.addAll(numbers(50, 60));
            assertThat(log.drain()).isEqualTo(expected);
        }
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            assertThat(log.log.restored()).isEmpty();
            assertThat(log.drain()).isEmpty();
            assertThat(disk.list()).containsExactly(AcknowledgedFile.NAME);
        }
    }

    @Test
    void segmentsGoWhenTheirLastEntryIsAcknowledged() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            log.fill(0, 40);
            LogHarness.Delivered first = log.next();
            log.drain();
            assertThat(segments(disk)).as("the first entry holds them all").hasSizeGreaterThan(5);
            log.log.acknowledge(first.stored());
            while (segments(disk).size() > 1) {
                Thread.sleep(1);
            }
        }
    }

    private static List<String> segments(Disk disk) throws IOException {
        return disk.list().stream().filter(name -> name.endsWith(".seg")).toList();
    }

    @Test
    void whatWasAcknowledgedIsWrittenDownBeforeSegmentsGo() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            log.fill(0, 40);
            log.drain();
        }
        List<MemoryDisk.Op> ops = disk.ops();
        int deletes = 0;
        boolean forced = false;
        for (MemoryDisk.Op op : ops) {
            switch (op) {
                case MemoryDisk.Op.Write write -> forced &= !write.name().equals(AcknowledgedFile.NAME);
                case MemoryDisk.Op.Force force -> forced |= force.name().equals(AcknowledgedFile.NAME);
                case MemoryDisk.Op.Delete _ -> {
                    deletes++;
                    assertThat(forced).isTrue();
                }
                default -> {
                    // Of no concern here.
                }
            }
        }
        assertThat(deletes).isPositive();
    }

    @Test
    void entriesCommittedTogetherShareOneWriteAndOneSync() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 1);
            int before = disk.opCount();
            log.fill(1, 200);
            long syncs = disk.ops().subList(before, disk.opCount()).stream()
                    .filter(MemoryDisk.Op.Force.class::isInstance)
                    .count();
            assertThat(syncs).isBetween(1L, 100L);
        }
    }

    @Test
    void aFullDiskRefusesAndRecoversByItself() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        disk.capacity(70_000);
        try (LogHarness log = new LogHarness(disk, SMALL)) {
            int stored = 0;
            while (true) {
                String failure = LogHarness.await(log.append(stored));
                if (failure != null) {
                    assertThat(failure).isEqualTo("memory: No space left on device");
                    break;
                }
                stored++;
            }
            assertThat(stored).isGreaterThan(20);
            assertThat(LogHarness.await(log.append(stored))).isNotNull();
            assertThat(log.drain()).isEqualTo(numbers(0, stored));
            while (LogHarness.await(log.append(stored)) != null) {
                Thread.sleep(1);
            }
            log.fill(stored + 1, stored + 10);
            assertThat(log.drain()).isEqualTo(numbers(stored, stored + 10));
            assertThat(log.corrupted).isEmpty();
        }
    }

    @Test
    void aFailedSyncIsNeverAnsweredAsSafe() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 3);
            disk.syncFails(true);
            assertThat(LogHarness.await(log.append(3))).isEqualTo("memory: Input/output error");
            disk.syncFails(false);
            log.fill(4, 6);
            assertThat(segments(disk))
                    .as("a segment of its own after the failure")
                    .hasSize(2);
        }
        try (LogHarness log = new LogHarness(disk)) {
            assertThat(log.drain()).isEqualTo(List.of(0, 1, 2, 4, 5));
        }
    }

    @Test
    void whatCannotBeReadNowIsReadLater() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 3);
            disk.readFails(true);
            assertThatThrownBy(log::next).isInstanceOf(IOException.class).hasMessage("Input/output error");
            disk.readFails(false);
            assertThat(log.drain()).isEqualTo(numbers(0, 3));
        }
    }

    @Test
    void whatCanNeverBeReadIsGivenUpAndCounted() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 2);
            disk.readFails(true);
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(log::next).isInstanceOf(IOException.class);
            }
            assertThat(log.next()).isNull();
            assertThat(log.corrupted)
                    .isEqualTo(Map.of(
                            "logs/0",
                            LogHarness.envelope(0).amount(),
                            "logs/1",
                            LogHarness.envelope(1).amount()));
            disk.readFails(false);
            log.fill(2, 4);
            assertThat(log.drain()).isEqualTo(List.of(2, 3));
        }
    }

    @Test
    void aTornTailAtAnyByteLeavesWhatIsBeforeIt() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        LogHarness first = new LogHarness(disk);
        first.fill(0, 3);
        int start = disk.files().get(segments(disk).getFirst()).length;
        first.fill(3, 4);
        Map<String, byte[]> files = disk.files();
        String segment = segments(disk).getFirst();
        byte[] whole = files.get(segment);
        for (int length = start; length < whole.length - padding(3); length++) {
            files.put(segment, Arrays.copyOf(whole, length));
            try (LogHarness log = new LogHarness(MemoryDisk.of(files))) {
                log.fill(4, 6);
                assertThat(log.drain()).as("cut at " + length).isEqualTo(List.of(0, 1, 2, 4, 5));
                assertThat(log.corrupted).isEmpty();
                assertThat(log.disk.list()).noneMatch(name -> name.endsWith(".bad"));
            }
        }
        first.close();
    }

    private static int padding(int n) {
        int head = RecordHeader.SIZE + EnvelopeCodec.encode(LogHarness.envelope(n)).length;
        int length = head + LogHarness.body(n).length();
        return (8 - length % 8) % 8;
    }

    @Test
    void aFlippedBitCostsAtMostTheRecordItIsIn() throws IOException {
        int records = 6;
        MemoryDisk disk = new MemoryDisk();
        LogHarness running = new LogHarness(disk);
        running.fill(0, records);
        Map<String, byte[]> killed = disk.files();
        running.close();
        Map<String, byte[]> closed = disk.files();
        for (Map<String, byte[]> files : List.of(killed, closed)) {
            for (String name : new TreeMap<>(files).keySet()) {
                int step = name.equals(AcknowledgedFile.NAME) ? 97 : 1;
                for (int at = 0; at < files.get(name).length; at += step) {
                    flipped(files, name, at, 1 << at % 8, records);
                }
            }
        }
    }

    private static void flipped(Map<String, byte[]> files, String name, int at, int bit, int records)
            throws IOException {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        byte[] bytes = files.get(name).clone();
        bytes[at] ^= (byte) bit;
        damaged.put(name, bytes);
        String where = name + " at " + at;
        try (LogHarness log = new LogHarness(MemoryDisk.of(damaged))) {
            Amount restored = total(log.log.restored());
            log.fill(records, records + 2);
            List<Integer> delivered = log.drain();
            assertThat(delivered)
                    .as(where)
                    .hasSizeGreaterThanOrEqualTo(records + 1)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(delivered).as(where).endsWith(records, records + 1);
            boolean lost = delivered.size() < records + 2;
            assertThat(log.disk.list().stream().anyMatch(file -> file.endsWith(".bad")))
                    .as(where)
                    .isEqualTo(lost);
            assertThat(restored.requests() - total(log.corrupted).requests())
                    .as("books, " + where)
                    .isEqualTo(delivered.size() - 2);
            assertThat(name.endsWith(".seg") || !lost).as(where).isTrue();
        }
    }

    private static Amount total(Map<String, Amount> amounts) {
        return amounts.values().stream().reduce(Amount.ZERO, Amount::plus);
    }

    @Test
    void whatIsQuarantinedIsKeptWithItsReason() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 3);
        }
        Map<String, byte[]> files = disk.files();
        String name = segments(disk).getFirst();
        String text = new String(files.get(name), java.nio.charset.StandardCharsets.ISO_8859_1);
        files.get(name)[text.indexOf("entry 1")] ^= 4;
        try (LogHarness log = new LogHarness(MemoryDisk.of(files))) {
            assertThat(log.drain()).isEqualTo(List.of(0, 2));
            assertThat(log.corrupted)
                    .isEqualTo(Map.of("logs/1", LogHarness.envelope(1).amount()));
            String bad = log.disk.list().stream()
                    .filter(file -> file.endsWith(".bad"))
                    .findFirst()
                    .orElseThrow();
            String kept =
                    new String(((MemoryDisk) log.disk).files().get(bad), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(kept)
                    .startsWith("a checksum of record 1 does not match\n")
                    .contains("antry 1 ".substring(1));
        }
    }

    @Test
    void acknowledgementsThatCannotBeReadCostDuplicatesOnly() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 5);
            log.log.acknowledge(log.next().stored());
        }
        Map<String, byte[]> files = disk.files();
        Arrays.fill(files.get(AcknowledgedFile.NAME), (byte) 7);
        try (LogHarness log = new LogHarness(MemoryDisk.of(files))) {
            assertThat(log.drain()).isEqualTo(numbers(0, 5));
        }
    }

    @Test
    void numbersAreNotReusedWhenSegmentsAreLost() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 5);
            log.drain();
        }
        Map<String, byte[]> files = disk.files();
        files.keySet().removeIf(name -> !name.equals(AcknowledgedFile.NAME));
        try (LogHarness log = new LogHarness(MemoryDisk.of(files))) {
            log.fill(5, 8);
            assertThat(log.drain()).isEqualTo(List.of(5, 6, 7));
        }
    }

    @Test
    void emptyAndForeignFilesAreLeftAlone() throws IOException {
        for (String name :
                List.of("0000000000000000-0000abcd.seg", "notes.txt", "x.seg", "0000000000000009-0000abcd.sum")) {
            for (int size : new int[] {0, 7, 500}) {
                MemoryDisk disk = MemoryDisk.of(Map.of(name, new byte[size]));
                try (LogHarness log = new LogHarness(disk)) {
                    log.fill(0, 3);
                    assertThat(log.drain()).isEqualTo(numbers(0, 3));
                }
                assertThat(disk.list().contains(name)).isEqualTo(!name.startsWith("0000000000000000"));
            }
        }
    }

    @Test
    void aLaterVersionsSegmentsAreNotTouched() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (LogHarness log = new LogHarness(disk)) {
            log.fill(0, 3);
        }
        Map<String, byte[]> files = disk.files();
        byte[] segment = files.get(segments(disk).getFirst());
        java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(segment);
        header.putInt(8, 2);
        header.putInt(32, Checksum.of(header, 0, 32));
        MemoryDisk later = MemoryDisk.of(files);
        assertThatThrownBy(() -> new LogHarness(later))
                .isInstanceOf(IOException.class)
                .hasMessage("memory/" + segments(disk).getFirst()
                        + ": format version 2 (expected: 1; was it written by a later agent?)");
        assertThat(later.files().get(segments(disk).getFirst())).isEqualTo(segment);
    }

    @Test
    void aDirectoryBelongsToOneLog() throws IOException {
        LogOptions options = new LogOptions(1 << 20, false, 0, Duration.ofMillis(20));
        LogHarness disk = new LogHarness(FileDisk.open(directory, Duration.ZERO));
        assertThatThrownBy(() -> DiskLog.open(directory, options, disk))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + " is in use (expected: a directory no other agent uses)");
        disk.close();
        DiskLog.open(directory, options, disk).close();
    }

    @Test
    void aRealDirectoryWorksLikeOneInMemory() throws IOException {
        try (LogHarness log = new LogHarness(FileDisk.open(directory, Duration.ZERO), SMALL)) {
            log.fill(0, 50);
            assertThat(LogHarness.await(log.append(50, "entry 50 " + "y".repeat(100_000))))
                    .isNull();
            for (int n = 0; n < 20; n++) {
                log.log.acknowledge(log.next().stored());
            }
        }
        try (LogHarness log = new LogHarness(FileDisk.open(directory, Duration.ZERO), SMALL)) {
            assertThat(log.drain()).isEqualTo(numbers(20, 51));
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(AcknowledgedFile.NAME, "lock");
        }
    }
}
