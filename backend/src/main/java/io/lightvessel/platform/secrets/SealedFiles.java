package io.lightvessel.platform.secrets;

import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private files that are encrypted. One that is read and not sealed with the first key, or, written by an earlier version, not at
 * all, is sealed anew on the way, so that starting with a new key in front is all it takes to change keys.
 */
public final class SealedFiles {
    private static final Logger log = LoggerFactory.getLogger(SealedFiles.class);

    private final KeySource source;
    private final SecureRandom random = new SecureRandom();

    SealedFiles(KeySource source) {
        this.source = source;
    }

    /** Where the keys come from, for what is sealed elsewhere. */
    KeySource source() {
        return source;
    }

    public Optional<byte[]> read(Path file) {
        return PrivateFiles.read(file).map(content -> open(file, content, source.keys()));
    }

    public void write(Path file, byte[] secret) {
        write(file, secret, source.keys().getFirst());
    }

    /**
     * Takes a new key and seals every sealed file of a directory with it, then gives the old keys up. At every moment in between all
     * files can be opened with the keys there are.
     */
    public synchronized Rotation rotate(Path directory) {
        SealingKey fresh = source.add();
        List<Path> files = sealed(directory);
        for (Path file : files) {
            read(file);
        }
        source.forgetOld();
        log.info("secrets: {} files sealed with new key {}", files.size(), fresh);
        return new Rotation(fresh.toString(), files.size());
    }

    /** What a rotation did: the new key's id, and how many files were sealed with it. */
    public record Rotation(String key, int files) {}

    private byte[] open(Path file, byte[] content, List<SealingKey> keys) {
        SealingKey first = keys.getFirst();
        if (!Seal.isSealed(content)) {
            write(file, content, first);
            return content;
        }
        try {
            byte[] secret = Seal.open(keys, name(file), content);
            if (!Seal.isBy(first, content)) {
                write(file, secret, first);
            }
            return secret;
        } catch (Seal.Unopened e) {
            throw new StartupRefused("%s %s. Put the right file and key back.".formatted(file, e.getMessage()), e);
        }
    }

    private void write(Path file, byte[] secret, SealingKey key) {
        PrivateFiles.write(file, Seal.seal(key, name(file), secret, random));
    }

    private static List<Path> sealed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Seal.isSealed(PrivateFiles.read(file).orElse(new byte[0])))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
