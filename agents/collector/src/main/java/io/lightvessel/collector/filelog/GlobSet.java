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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of files to follow and to leave out. Directories are listed only where a pattern has a wildcard, so that a
 * pattern for pod logs never walks through anything else. {@code **} stands for any number of directories.
 */
final class GlobSet {
    private static final Path ROOT = Path.of("/");

    private final List<List<Part>> include;
    private final List<List<Part>> exclude;

    GlobSet(List<String> include, List<String> exclude) {
        this.include = include.stream().map(GlobSet::parts).toList();
        this.exclude = exclude.stream().map(GlobSet::parts).toList();
    }

    /** The regular files that match now. A directory that goes away while it is read has no files. */
    SortedSet<Path> find() {
        return find(ROOT, new HashSet<>());
    }

    /**
     * The regular files below a directory that match now.
     *
     * @param looked is given the directories that had to be listed
     */
    SortedSet<Path> find(Path below, Set<Path> looked) {
        SortedSet<Path> found = new TreeSet<>();
        Search search = new Search(below, looked, found);
        for (List<Part> pattern : include) {
            descend(ROOT, pattern, 0, search);
        }
        found.removeIf(this::isExcluded);
        return found;
    }

    /** What is looked for, where, and what was found so far. */
    private record Search(Path below, Set<Path> looked, SortedSet<Path> found) {
        /** The entries of a directory that lie on the way to, or below, where is looked. */
        List<Path> children(Path at) {
            if (!below.equals(at) && below.startsWith(at)) {
                Path next = at.resolve(below.getName(at.getNameCount()));
                return Files.exists(next) ? List.of(next) : List.of();
            }
            looked.add(at);
            return list(at);
        }
    }

    boolean isExcluded(Path path) {
        List<String> names = split(path.toString());
        return exclude.stream().anyMatch(pattern -> matches(pattern, 0, names, 0));
    }

    private static List<Part> parts(String pattern) {
        return split(pattern).stream().map(Part::of).toList();
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

    private static void descend(Path at, List<Part> pattern, int index, Search search) {
        if (!at.startsWith(search.below()) && !search.below().startsWith(at)) {
            return;
        }
        if (index == pattern.size()) {
            if (Files.isRegularFile(at)) {
                search.found().add(at);
            }
            return;
        }
        Part part = pattern.get(index);
        boolean last = index + 1 == pattern.size();
        if (part.isAnyDepth()) {
            descend(at, pattern, index + 1, search);
            for (Path child : search.children(at)) {
                // Links to directories above would make this endless.
                if (Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
                    descend(child, pattern, index, search);
                }
            }
        } else if (part.matcher() == null) {
            Path next = at.resolve(part.text());
            if (last || !Files.exists(next)) {
                // Where it will appear.
                search.looked().add(at);
            }
            descend(next, pattern, index + 1, search);
        } else {
            for (Path child : search.children(at)) {
                if (part.matches(child.getFileName()) && (last || Files.isDirectory(child))) {
                    descend(child, pattern, index + 1, search);
                }
            }
        }
    }

    private static boolean matches(List<Part> pattern, int p, List<String> names, int n) {
        if (p == pattern.size()) {
            return n == names.size();
        }
        if (pattern.get(p).isAnyDepth()) {
            for (int skip = n; skip <= names.size(); skip++) {
                if (matches(pattern, p + 1, names, skip)) {
                    return true;
                }
            }
            return false;
        }
        return n < names.size()
                && pattern.get(p).matches(Path.of(names.get(n)))
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

    /**
     * A name in a pattern.
     *
     * @param matcher null when the name stands for itself
     */
    private record Part(String text, @Nullable PathMatcher matcher) {
        static Part of(String text) {
            boolean literal = text.chars().noneMatch(c -> "*?[]{}\\".indexOf(c) >= 0);
            return new Part(text, literal ? null : FileSystems.getDefault().getPathMatcher("glob:" + text));
        }

        boolean isAnyDepth() {
            return text.equals("**");
        }

        boolean matches(Path name) {
            return matcher == null ? name.toString().equals(text) : matcher.matches(name);
        }
    }
}
