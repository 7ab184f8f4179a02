package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the checkpoints of one receiver, in memory across reloads and, given a directory, on disk across restarts: a whole
 * file that is replaced in one step, and a journal of what was reached since. A position is written as soon as it is
 * reached, so a killed process has forgotten nothing that was told here. Neither is forced to disk: a power cut may bring
 * back an older position, which costs doubled lines, never lost ones.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String VERSION = "lightvessel-filelog-2 ";
    private static final String SUM = "crc32c ";
    private static final long LONGEST_JOURNAL = 1 << 20;

    private final @Nullable Path file;
    private final @Nullable PositionJournal journal;
    private final Map<Path, TailCheckpoint> positions = new LinkedHashMap<>();
    private long generation;
    private boolean loaded;
    private boolean fresh = true;

    Checkpoints(@Nullable Path directory, String receiver) {
        String name = "filelog-" + receiver.replaceAll("[^A-Za-z0-9._-]", "_");
        this.file = directory == null ? null : directory.resolve(name + ".checkpoints");
        this.journal = directory == null ? null : new PositionJournal(directory.resolve(name + ".journal"));
    }

    /** Whether this receiver has never run before, so that files are older than it. */
    synchronized boolean isFresh() {
        return fresh;
    }

    synchronized List<TailCheckpoint> load() throws IOException {
        if (!loaded && file != null && journal != null) {
            try {
                parse(Files.readString(file));
                journal.read(generation).forEach(position -> positions.put(position.path(), position));
                fresh = false;
            } catch (NoSuchFileException e) {
                LOG.debug("{} is not there yet", file);
            } catch (IllegalArgumentException e) {
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                // Doubled lines can be told apart, lost ones cannot be brought back.
                fresh = false;
                positions.clear();
                journal.discard();
                LOG.error(
                        "{} is damaged ({}) and put aside as {}; all files are read from their beginning",
                        file,
                        e.getMessage(),
                        aside);
            }
        }
        loaded = true;
        return List.copyOf(positions.values());
    }

    /** Takes note of positions as they are reached. */
    synchronized void reached(List<TailCheckpoint> moved) throws IOException {
        moved.forEach(position -> positions.put(position.path(), position));
        if (journal != null && !moved.isEmpty()) {
            journal.append(moved);
            if (journal.size() > LONGEST_JOURNAL) {
                writeWhole();
            }
        }
    }

    /** Replaces everything: what is not among these is forgotten. */
    synchronized void save(List<TailCheckpoint> checkpoints) throws IOException {
        positions.clear();
        checkpoints.forEach(position -> positions.put(position.path(), position));
        writeWhole();
    }

    private void writeWhole() throws IOException {
        if (file != null && journal != null) {
            generation++;
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, format());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            journal.begin(generation);
        }
        fresh = false;
    }

    private String format() {
        StringBuilder text = new StringBuilder(VERSION).append(generation).append('\n');
        positions.values().forEach(position -> CheckpointLine.write(position, text));
        String sum = CheckpointLine.sum(text.toString());
        return text.append(SUM).append(sum).append('\n').toString();
    }

    private void parse(String text) {
        int sumAt = text.lastIndexOf(SUM);
        if (!text.startsWith(VERSION) || sumAt < 0) {
            throw new IllegalArgumentException("no " + VERSION + "file or cut short");
        }
        if (!text.substring(sumAt + SUM.length()).strip().equals(CheckpointLine.sum(text.substring(0, sumAt)))) {
            throw new IllegalArgumentException("wrong checksum");
        }
        List<String> lines = text.substring(0, sumAt).lines().toList();
        generation = Long.parseLong(lines.getFirst().substring(VERSION.length()));
        for (String line : lines.subList(1, lines.size())) {
            TailCheckpoint position = CheckpointLine.read(line);
            if (position == null) {
                throw new IllegalArgumentException("a damaged line");
            }
            positions.put(position.path(), position);
        }
    }

    /** Lets go of the journal; called before another process or object opens it. */
    synchronized void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }
}
