package io.lightvessel.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A small file that after a crash holds either its old or its new content, readable by its owner only. */
public final class DurableFile {
    private final Path path;

    public DurableFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StateException(
                    "state file " + path + " cannot be read: " + e + ". Make it readable for this user.", e);
        }
    }

    public void write(byte[] content) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            // A leftover of a crash may have other permissions.
            Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            throw new StateException(
                    "state file " + path + " cannot be written: " + e + ". Check space and permissions.", e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
            forceDirectory();
        } catch (IOException e) {
            throw new StateException("state file " + path + " cannot be deleted: " + e, e);
        }
    }

    /** Takes this file's content over to another place, in one step. */
    void moveTo(DurableFile target) {
        try {
            Files.move(path, target.path, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            throw new StateException("state file " + path + " cannot be renamed: " + e, e);
        }
    }

    /** Puts a damaged file aside, so that it can be looked at; returns where it went. */
    Path quarantine() {
        DurableFile aside = new DurableFile(path.resolveSibling(path.getFileName() + ".damaged"));
        moveTo(aside);
        return aside.path;
    }

    StateException damaged(String what, String remedy) {
        return new StateException("state file " + path + " is damaged: " + what + ". " + remedy);
    }

    // A rename is durable only once the directory is.
    private void forceDirectory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
