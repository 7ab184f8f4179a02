package io.lightvessel.collector.filelog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Patterns of files to follow and to leave out. Directories are listed only where a pattern has a wildcard, so that a
 * pattern for pod logs never walks through anything else. {@code **} stands for any number of directories.
 */
final class GlobSet {
    private final List<List<String>> include;
    private final List<List<String>> exclude;

    GlobSet(List<String> include, List<String> exclude) {
        this.include = include.stream().map(GlobSet::split).toList();
        this.exclude = exclude.stream().map(GlobSet::split).toList();
    }

    /** The regular files that match now. A directory that goes away while it is read has no files. */
    SortedSet<Path> find() {
        SortedSet<Path> found = new TreeSet<>();
        for (List<String> pattern : include) {
            descend(Path.of("/"), pattern, 0, found);
        }
        found.removeIf(this::isExcluded);
        return found;
    }

    boolean isExcluded(Path path) {
        List<String> names = split(path.toString());
        return exclude.stream().anyMatch(pattern -> matches(pattern, 0, names, 0));
    }

    private static List<String> split(String pattern) {
        List<String> names = new ArrayList<>();
        for (String name :
                Path.of("").toAbsolutePath().resolve(pattern).toString().split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static void descend(Path at, List<String> pattern, int index, SortedSet<Path> found) {
        if (index == pattern.size()) {
            if (Files.isRegularFile(at)) {
                found.add(at);
            }
            return;
        }
        String name = pattern.get(index);
        if (name.equals("**")) {
            descend(at, pattern, index + 1, found);
            for (Path child : list(at)) {
                // Links to directories above would make this endless.
                if (Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
                    descend(child, pattern, index, found);
                }
            }
        } else if (isLiteral(name)) {
            descend(at.resolve(name), pattern, index + 1, found);
        } else {
            PathMatcher matcher = matcher(name);
            boolean last = index + 1 == pattern.size();
            for (Path child : list(at)) {
                if (matcher.matches(child.getFileName()) && (last || Files.isDirectory(child))) {
                    descend(child, pattern, index + 1, found);
                }
            }
        }
    }

    private static boolean matches(List<String> pattern, int p, List<String> names, int n) {
        if (p == pattern.size()) {
            return n == names.size();
        }
        if (pattern.get(p).equals("**")) {
            for (int skip = n; skip <= names.size(); skip++) {
                if (matches(pattern, p + 1, names, skip)) {
                    return true;
                }
            }
            return false;
        }
        return n < names.size()
                && matcher(pattern.get(p)).matches(Path.of(names.get(n)))
                && matches(pattern, p + 1, names, n + 1);
    }

    private static List<Path> list(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("directory " + directory + " cannot be listed: " + e, e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException("directory " + directory + " cannot be listed: " + e, e.getCause());
        }
        return children;
    }

    private static boolean isLiteral(String name) {
        return name.chars().noneMatch(c -> "*?[]{}\\".indexOf(c) >= 0);
    }

    private static PathMatcher matcher(String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + name);
    }
}
