package io.lightvessel.gateway.discovery;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A path, or a pattern with {@code *} in its last part. */
final class FilePattern {

    private final Path path;
    private final Path directory;
    private final boolean isPattern;
    private final Pattern name;

    FilePattern(String text) {
        this.path = Path.of(text);
        Path parent = path.getParent();
        this.directory = parent == null ? Path.of(".") : parent;
        String last = String.valueOf(path.getFileName());
        this.isPattern = last.indexOf('*') >= 0;
        this.name = Pattern.compile(
                Arrays.stream(last.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** Whether nothing but this one file can match. */
    boolean isOneFile() {
        return !isPattern;
    }

    Path path() {
        return path;
    }

    boolean matches(Path file) {
        return isPattern
                ? directory.equals(file.getParent() == null ? Path.of(".") : file.getParent())
                        && name.matches(String.valueOf(file.getFileName()))
                : path.equals(file);
    }

    /** The files there are now. */
    Set<Path> files() throws IOException {
        Set<Path> found = new TreeSet<>();
        if (!isPattern) {
            if (Files.exists(path)) {
                found.add(path);
            }
            return found;
        }
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory, entry -> name.matches(String.valueOf(entry.getFileName())))) {
            entries.forEach(found::add);
        }
        return found;
    }
}
