package io.lightvessel.platform.postgres;

import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second control plane off a data directory; the operating system lets go of it when the process dies. */
final class DataDirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataDirectoryLock acquire(Path dataDir) {
        try {
            PrivateFiles.createDirectory(dataDir);
            FileChannel channel =
                    FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StartupRefused(
                        "The data directory %s is in use by another control plane: stop that one first, or choose another directory."
                                .formatted(dataDir));
            }
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new StartupRefused("The data directory %s cannot be used: %s.".formatted(dataDir, e), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data directory", e);
        }
    }
}
