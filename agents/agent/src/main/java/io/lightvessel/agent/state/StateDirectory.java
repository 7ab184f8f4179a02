package io.lightvessel.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory that belongs to exactly one running agent; holds its lock until it is closed. */
public final class StateDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lockFile;

    private StateDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the directory if need be and takes its lock; a second agent on the same directory is refused. */
    public static StateDirectory open(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            channel = FileChannel.open(
                    path.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (tryLock(channel) == null) {
                StateException taken = new StateException("state directory " + path + " is in use by another agent"
                        + holder(channel) + ". Give each agent its own --state directory.");
                channel.close();
                throw taken;
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new StateDirectory(path, channel);
        } catch (IOException e) {
            throw new StateException(
                    "state directory " + path + " cannot be used: " + e
                            + ". Give --state a directory that this user may write to.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    public DurableFile file(String name) {
        return new DurableFile(path.resolve(name));
    }

    /** Where components keep what they must not forget, such as the tailer's positions. */
    public Path storage() {
        Path storage = path.resolve("storage");
        try {
            Files.createDirectories(storage, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (IOException e) {
            throw new StateException("directory " + storage + " cannot be created: " + e, e);
        }
        return storage;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StateException("the lock of " + path + " could not be released: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        byte[] bytes = new byte[20];
        int length = channel.read(ByteBuffer.wrap(bytes), 0);
        return length > 0 ? " (process " + new String(bytes, 0, length, StandardCharsets.US_ASCII) + ")" : "";
    }
}
