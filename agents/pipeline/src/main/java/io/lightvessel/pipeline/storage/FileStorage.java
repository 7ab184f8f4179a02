package io.lightvessel.pipeline.storage;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.StorageExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/** Gives components directories below one that the config or the agent names. */
final class FileStorage implements StorageExtension {

    private final Path root;
    private final boolean create;
    private final Set<PosixFilePermission> permissions;
    private final Duration lockTimeout;
    private final boolean synced;

    /** @param create whether to make the root if it is missing */
    FileStorage(Path root, boolean create, Set<PosixFilePermission> permissions, Duration lockTimeout, boolean synced) {
        this.root = root;
        this.create = create;
        this.permissions = permissions;
        this.lockTimeout = lockTimeout;
        this.synced = synced;
    }

    /** Made only now, so that a config may name storage that nothing uses. */
    @Override
    public Path directory(ComponentKind kind, ComponentId id, String purpose) throws ComponentFailure {
        if (!create && !Files.isDirectory(root)) {
            throw new ComponentFailure(
                    "directory " + root + " does not exist (expected: a directory, or create_directory: true)");
        }
        Path directory = root.resolve(kind.label() + "_" + fileName(id.toString()) + "_" + fileName(purpose));
        try {
            Files.createDirectories(root, PosixFilePermissions.asFileAttribute(permissions));
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
        } catch (IOException e) {
            throw new ComponentFailure("directory " + directory + " cannot be made: " + e, e);
        }
        if (!Files.isWritable(directory)) {
            throw new ComponentFailure("directory " + directory + " cannot be written to by this user");
        }
        return directory;
    }

    /** Different names give different files: what is no letter, digit, dot or dash becomes its code between tildes. */
    static String fileName(String name) {
        StringBuilder safe = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-')) {
                safe.appendCodePoint(c);
            } else {
                safe.append('~').append(Integer.toHexString(c)).append('~');
            }
        });
        return safe.toString();
    }

    @Override
    public Duration lockTimeout() {
        return lockTimeout;
    }

    @Override
    public boolean isSynced() {
        return synced;
    }
}
