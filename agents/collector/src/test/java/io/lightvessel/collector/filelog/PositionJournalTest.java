package io.lightvessel.collector.filelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionJournalTest {
    @TempDir
    Path directory;

    private Path file;
    private PositionJournal journal;

    @BeforeEach
    void journal() throws IOException {
        file = directory.resolve("journal");
        journal = new PositionJournal(file);
        journal.begin(7);
    }

    @Test
    void whatWasAppendedIsReadInOrder() throws IOException {
        journal.append(List.of(at(1), at(2)));
        journal.append(List.of(at(3)));
        assertThat(new PositionJournal(file).read(7)).containsExactly(at(1), at(2), at(3));
    }

    @Test
    void aTornWriteCostsOnlyWhatWasTorn() throws IOException {
        journal.append(List.of(at(1)));
        long whole = Files.size(file);
        journal.append(List.of(at(2)));
        byte[] all = Files.readAllBytes(file);
        for (int length = (int) whole; length < all.length; length++) {
            Files.write(file, Arrays.copyOf(all, length));
            assertThat(new PositionJournal(file).read(7)).containsExactly(at(1));
        }
    }

    @Test
    void whatContinuesAnotherFileIsNotRead() throws IOException {
        journal.append(List.of(at(1)));
        assertThat(new PositionJournal(file).read(8)).isEmpty();
        journal.begin(8);
        assertThat(new PositionJournal(file).read(8)).isEmpty();
    }

    private static TailCheckpoint at(long offset) {
        return new TailCheckpoint(
                Path.of("/var/log/pods/a_b_c/d/0.log"),
                new FileIdentity(1, 2),
                new Fingerprint(256, 3),
                new Fingerprint(100, 4),
                offset,
                Map.of("stdout", new Partial(5, new byte[] {6, 7})),
                8);
    }
}
