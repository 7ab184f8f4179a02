package io.lightvessel.collector.filelog;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds, among what lies beside a log, the files that have to be read before the one at its path. */
final class PriorFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PriorFiles.class);

    private static final int ATTEMPTS = 20;

    private PriorFiles() {}

    /** Whether a file is somebody else's, or was read; an inode alone does not tell, for it is given away again. */
    @FunctionalInterface
    interface Known {
        boolean knows(TailedFile file) throws IOException;
    }

    /**
     * The files to read to go on after a checkpoint, oldest first and at their positions; the one at the log's path comes
     * last. The file that was being read is found by its identity, or, when it was copied or compressed since, by what
     * it holds.
     *
     * @param known files that belong to another log
     */
    static List<TailedFile> after(TailCheckpoint checkpoint, Known known) throws IOException {
        List<TailedFile> files = new ArrayList<>();
        TailedFile current = openIfThere(checkpoint.path());
        if (current != null && isSame(current, checkpoint)) {
            current.seek(checkpoint.offset());
            files.add(current);
            return files;
        }
        FileIdentity own = current == null ? null : current.identity();
        List<TailedFile> rotated = openAll(checkpoint.path(), _ -> true);
        int at = 0;
        while (at < rotated.size() && !isSame(rotated.get(at), checkpoint) && !holds(rotated.get(at), checkpoint)) {
            at++;
        }
        if (at < rotated.size()) {
            rotated.get(at).seek(checkpoint.offset());
            files.addAll(rotated.subList(at, rotated.size()));
            closeAll(rotated.subList(0, at));
        } else {
            if (checkpoint.offset() > 0) {
                LOG.error(
                        "{}: the file read up to byte {} is gone, what it got after that is lost",
                        checkpoint.path(),
                        checkpoint.offset());
            }
            closeAll(rotated);
            FileTime since = FileTime.fromMillis(checkpoint.timeMillis());
            files.addAll(openAll(checkpoint.path(), file -> file.modified().compareTo(since) >= 0));
        }
        removeIf(files, file -> file.identity().equals(own) || known.knows(file));
        if (current != null) {
            files.add(current);
        }
        return files;
    }

    /**
     * Opens a log's rotated files, oldest first. One that is renamed or compressed meanwhile has another name the next
     * moment, so all are opened anew until none was gone.
     */
    static List<TailedFile> openAll(Path log, Predicate<RotatedFiles.Rotated> wanted) throws IOException {
        for (int attempt = 0; ; attempt++) {
            List<TailedFile> files = new ArrayList<>();
            boolean complete = true;
            for (RotatedFiles.Rotated candidate : RotatedFiles.of(log)) {
                if (wanted.test(candidate)) {
                    TailedFile file = open(candidate.path());
                    complete &= file != null || Files.exists(candidate.path());
                    if (file != null) {
                        files.add(file);
                    }
                }
            }
            if (complete || attempt == ATTEMPTS) {
                return files;
            }
            closeAll(files);
        }
    }

    private static void closeAll(List<TailedFile> files) throws IOException {
        for (TailedFile file : files) {
            file.close();
        }
    }

    /** The file whose rest is read when a file was written anew: the copy that was made before. */
    static @Nullable TailedFile copyOf(TailCheckpoint read, Known known) throws IOException {
        TailedFile copy = null;
        for (TailedFile file : openAll(read.path(), _ -> true)) {
            boolean other = copy == null && !file.identity().equals(read.file()) && !known.knows(file);
            boolean shorter = file.size() < read.offset() && file.beginsLike(read.fingerprint());
            if (other && (shorter || holds(file, read))) {
                file.seek(Math.min(file.size(), read.offset()));
                copy = file;
            } else {
                file.close();
            }
        }
        return copy;
    }

    private static boolean isSame(TailedFile file, TailCheckpoint checkpoint) throws IOException {
        return file.identity().equals(checkpoint.file())
                && file.size() >= checkpoint.offset()
                && file.beginsLike(checkpoint.fingerprint());
    }

    private static boolean holds(TailedFile file, TailCheckpoint checkpoint) throws IOException {
        return file.holds(checkpoint.fingerprint(), checkpoint.mark(), checkpoint.offset());
    }

    private static void removeIf(List<TailedFile> files, Known unwanted) throws IOException {
        for (TailedFile file : List.copyOf(files)) {
            if (unwanted.knows(file)) {
                files.remove(file);
                file.close();
            }
        }
    }

    private static @Nullable TailedFile openIfThere(Path path) throws IOException {
        return Files.exists(path) ? open(path) : null;
    }

    /** Null when it was removed, or cannot be unpacked. */
    static @Nullable TailedFile open(Path path) throws IOException {
        try {
            return TailedFile.open(path);
        } catch (NoSuchFileException e) {
            return null;
        } catch (ZipException | EOFException e) {
            LOG.error("{} cannot be unpacked, what only it holds is lost: {}", path, e.toString());
            return null;
        }
    }
}
