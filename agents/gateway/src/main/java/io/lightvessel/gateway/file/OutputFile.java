package io.lightvessel.gateway.file;

import io.lightvessel.pipeline.ComponentFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that telemetry is appended to, whole records only: one that could not be written to its end is taken back.
 * Belongs to one exporter and, through a reload, to its successor; locked against other processes.
 */
final class OutputFile {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFile.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS");

    private final Path path;
    private FileChannel channel;
    /** When a file was put aside last, and the time in its name. */
    private Instant lastAside = Instant.MIN;

    private Instant lastStamp = Instant.MIN;
    private long size;
    private int holders = 1;
    private @Nullable Rotation rotation;

    private OutputFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    /** @param append go on behind what is there instead of deleting it */
    static OutputFile open(Path path, boolean append, boolean createDirectory) throws ComponentFailure {
        try {
            Path directory = path.toAbsolutePath().getParent();
            if (createDirectory && directory != null) {
                Files.createDirectories(directory);
            }
            FileChannel channel = channel(path);
            if (!append) {
                channel.truncate(0);
            }
            return new OutputFile(path, channel);
        } catch (OverlappingFileLockException e) {
            throw new ComponentFailure(
                    "path: " + path + " is written by another exporter (expected: one for each file)", e);
        } catch (IOException e) {
            throw new ComponentFailure("path: " + path + " cannot be opened: " + e, e);
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another process writes it");
            }
            locked = true;
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    Path path() {
        return path;
    }

    synchronized OutputFile retain() {
        holders++;
        return this;
    }

    synchronized void rotate(@Nullable Rotation changed) {
        rotation = changed;
    }

    /** Appends a record; when this returns it is in the hands of the operating system. */
    synchronized void append(ByteBuffer record, Instant now) throws IOException {
        Rotation rule = rotation;
        if (rule != null && size > 0 && size + record.remaining() > rule.maxBytes()) {
            putAside(rule, now);
        }
        long before = size;
        long position = before;
        boolean whole = false;
        try {
            while (record.hasRemaining()) {
                position += channel.write(record, position);
            }
            size = position;
            whole = true;
        } finally {
            if (!whole) {
                channel.truncate(before);
            }
        }
    }

    private void putAside(Rotation rule, Instant now) throws IOException {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        ZoneId zone = rule.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
        // Names order the files, so a second one of a millisecond belongs behind the first, be that still there or not.
        Instant stamp = now.truncatedTo(ChronoUnit.MILLIS);
        if (stamp.equals(lastAside)) {
            stamp = lastStamp.plusMillis(1);
        } else {
            lastAside = stamp;
        }
        Path aside = aside(stem, stamp, zone, extension);
        while (Files.exists(aside)) {
            stamp = stamp.plusMillis(1);
            aside = aside(stem, stamp, zone, extension);
        }
        lastStamp = stamp;
        Files.move(path, aside);
        FileChannel next = channel(path);
        channel.close();
        channel = next;
        size = next.size();
        clean(rule, stem + "-", extension, aside, now);
    }

    private Path aside(String stem, Instant stamp, ZoneId zone, String extension) {
        return path.resolveSibling(stem + "-" + STAMP.format(stamp.atZone(zone)) + extension);
    }

    /**
     * A failure to delete is no reason to stop writing. What was put aside just now is the newest, even if the clock has
     * been set back and its name says otherwise.
     */
    private void clean(Rotation rule, String prefix, String extension, Path newest, Instant now) {
        List<Path> aside = new ArrayList<>();
        Path directory = path.toAbsolutePath().getParent();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, file -> isAside(file, prefix, extension))) {
            files.forEach(aside::add);
            // The time in the name orders them.
            aside.sort(Comparator.comparing((Path file) -> file.getFileName().equals(newest.getFileName()))
                    .thenComparing(Comparator.naturalOrder())
                    .reversed());
            for (int i = 0; i < aside.size(); i++) {
                boolean tooMany = rule.maxBackups() > 0 && i >= rule.maxBackups();
                boolean tooOld = rule.maxAge() != null
                        && Files.getLastModifiedTime(aside.get(i)).toInstant().isBefore(now.minus(rule.maxAge()));
                if (tooMany || tooOld) {
                    Files.deleteIfExists(aside.get(i));
                }
            }
        } catch (IOException e) {
            LOG.warn("{}: files put aside could not be looked through: {}", path, e.toString());
        }
    }

    private static boolean isAside(Path file, String prefix, String extension) {
        String name = file.getFileName().toString();
        return name.startsWith(prefix)
                && name.endsWith(extension)
                && name.substring(prefix.length()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}.*");
    }

    /** Closes the file when nobody else holds it. */
    synchronized void release() {
        if (--holders > 0) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: closing failed: {}", path, e.toString());
        }
    }
}
