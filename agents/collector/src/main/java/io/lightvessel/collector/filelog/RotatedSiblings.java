package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files that were once written under a log's path and now have longer names beside it, oldest first. */
final class RotatedSiblings {
    private RotatedSiblings() {}

    /** A file with the time it was last written to. */
    record Sibling(Path path, FileTime modified) {}

    /** Compressed ones are other files with old content and are left out. */
    static List<Sibling> of(Path log) throws IOException {
        // Docker's path is a link, and the files that rotate lie where it leads.
        Path real = Files.exists(log) ? log.toRealPath() : log;
        Path directory = real.getParent();
        Path name = real.getFileName();
        if (directory == null || name == null) {
            return List.of();
        }
        List<Sibling> siblings = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String other = String.valueOf(file.getFileName());
                boolean rotated = other.startsWith(name + ".") || other.startsWith(name + "-");
                if (rotated && !other.endsWith(".gz") && !other.endsWith(".tmp") && Files.isRegularFile(file)) {
                    siblings.add(new Sibling(file, Files.getLastModifiedTime(file)));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        siblings.sort(Comparator.comparing(Sibling::modified).thenComparing(Sibling::path));
        return siblings;
    }
}
