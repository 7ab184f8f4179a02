package io.lightvessel.local.pods;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A container's log file in CRI format, rotated by renaming when it has grown beyond a size. */
final class CriFile implements AutoCloseable {

    /** containerd splits longer lines into partial ones of this size. */
    static final int PARTIAL = 16 << 10;

    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ROTATED =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;
    private final long rotateAt;
    private final int kept;
    private final Clock clock;
    private FileChannel channel;

    CriFile(Path file, long rotateAt, int kept, Clock clock) throws IOException {
        this.file = file;
        this.rotateAt = rotateAt;
        this.kept = kept;
        this.clock = clock;
        Files.createDirectories(file.getParent());
        channel = open();
    }

    synchronized void line(String stream, byte[] text) throws IOException {
        int from = 0;
        while (text.length - from > PARTIAL) {
            write(stream, "P", text, from, PARTIAL);
            from += PARTIAL;
        }
        write(stream, "F", text, from, text.length - from);
        if (channel.size() >= rotateAt) {
            rotate();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private void write(String stream, String tag, byte[] text, int from, int length) throws IOException {
        byte[] head = (NANOS.format(clock.instant()) + " " + stream + " " + tag + " ").getBytes(StandardCharsets.UTF_8);
        ByteBuffer line = ByteBuffer.allocate(head.length + length + 1);
        line.put(head).put(text, from, length).put((byte) '\n').flip();
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private void rotate() throws IOException {
        Instant now = clock.instant();
        Path rotated = sibling(ROTATED.format(now));
        // Two rotations within a second would otherwise overwrite each other.
        for (int i = 1; Files.exists(rotated); i++) {
            rotated = sibling(ROTATED.format(now.plusSeconds(i)));
        }
        Files.move(file, rotated);
        channel.close();
        channel = open();
        forgetOldest();
    }

    private void forgetOldest() throws IOException {
        List<Path> rotated = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(file.getParent(), file.getFileName() + ".*")) {
            found.forEach(rotated::add);
        }
        rotated.sort(null);
        for (Path oldest : rotated.subList(0, Math.max(0, rotated.size() - kept))) {
            Files.delete(oldest);
        }
    }

    private Path sibling(String time) {
        return file.resolveSibling(file.getFileName() + "." + time);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
}
