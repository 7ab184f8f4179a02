package io.lightvessel.gateway.auth;

import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * A small file with credentials that is read again when it changes, as mounted Kubernetes Secrets do. It is looked at once
 * a second at most; what was read last holds while the file is away, as it is for a moment when it is replaced.
 */
public final class WatchedFile {

    static final int MAX_BYTES = 1 << 20;
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private record Version(FileTime modified, long size, Object key) {}

    private final Path path;
    private final Timer timer;
    private Version version;
    private String content;
    private long lookedAt;

    private WatchedFile(Path path, Timer timer, Version version, String content) {
        this.path = path;
        this.timer = timer;
        this.version = version;
        this.content = content;
        this.lookedAt = timer.nanoTime();
    }

    /** Reads the file for the first time, which must succeed. */
    public static WatchedFile open(String key, String path, Timer timer) throws ComponentFailure {
        Path file = Path.of(path);
        try {
            Version version = versionOf(file);
            return new WatchedFile(file, timer, version, read(file));
        } catch (NoSuchFileException e) {
            throw new ComponentFailure(key + ": " + path + ": no such file", e);
        } catch (IOException e) {
            throw new ComponentFailure(key + ": " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is in the file, or was when it could last be read. */
    public synchronized String text() {
        long now = timer.nanoTime();
        if (now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            try {
                Version found = versionOf(path);
                if (!found.equals(version)) {
                    content = read(path);
                    version = found;
                }
            } catch (IOException e) {
                // Replaced at this moment, or gone: what is known goes on counting, and the next look may find it.
                lookedAt = now;
            }
        }
        return content;
    }

    private static Version versionOf(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new Version(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key);
    }

    private static String read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException("it has " + size + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
