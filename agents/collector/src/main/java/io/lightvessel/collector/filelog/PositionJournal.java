package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Positions reached since the last whole file of checkpoints, appended as they are reached. It names the whole file it
 * continues, so that one that was left behind is not taken for its continuation.
 */
final class PositionJournal implements AutoCloseable {
    private static final String VERSION = "lightvessel-positions-1 ";

    private final Path file;
    private final StringBuilder text = new StringBuilder();
    private @Nullable FileChannel channel;
    private long size;

    PositionJournal(Path file) {
        this.file = file;
    }

    /** What was appended after the whole file of that generation, up to the first line that is not whole. */
    List<TailCheckpoint> read(long generation) throws IOException {
        List<TailCheckpoint> positions = new ArrayList<>();
        String all;
        try {
            all = new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            return positions;
        }
        int at = all.indexOf('\n');
        if (at < 0 || !all.substring(0, at).equals(VERSION + generation)) {
            return positions;
        }
        for (int end = all.indexOf('\n', at + 1); end >= 0; end = all.indexOf('\n', at + 1)) {
            TailCheckpoint position = CheckpointLine.read(all.substring(at + 1, end));
            if (position == null) {
                // What follows is older or nothing, and an older position only costs doubled lines.
                break;
            }
            positions.add(position);
            at = end;
        }
        return positions;
    }

    /** Empties it, to continue the whole file of that generation. */
    void begin(long generation) throws IOException {
        close();
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel opened = FileChannel.open(
                file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        channel = opened;
        opened.truncate(0);
        size = 0;
        write(opened, VERSION + generation + '\n');
    }

    /** Removes what an earlier process left. */
    void discard() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    /** Appends what was reached in one write. */
    void append(List<TailCheckpoint> positions) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("positions are appended to " + file + " before it was begun");
        }
        text.setLength(0);
        positions.forEach(position -> CheckpointLine.write(position, text));
        write(open, text.toString());
    }

    long size() {
        return size;
    }

    private void write(FileChannel open, String lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            size += open.write(bytes, size);
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.close();
            channel = null;
        }
    }
}
