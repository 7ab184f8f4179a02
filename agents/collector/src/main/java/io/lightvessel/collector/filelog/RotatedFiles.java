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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that were once written under a log's path and now have longer names beside it, oldest first. */
final class RotatedFiles {
    private static final String FORM = "[.-](?<suffix>\\d[\\dT:._+-]*)(\\.gz)?";
    private static final Pattern SUFFIX = Pattern.compile(FORM);
    private static final Pattern ROTATED = Pattern.compile("(?<log>.+?)" + FORM);
    private static final int LONGEST_NUMBER = 4;
    private static final String COMPRESSED = ".gz";

    private RotatedFiles() {}

    /**
     * One of them.
     *
     * @param suffix what was added to the log's name, a time or a number
     * @param modified when it was last written to, or compressed
     */
    record Rotated(Path path, String suffix, FileTime modified) {
        boolean isNumbered() {
            return suffix.length() <= LONGEST_NUMBER && suffix.chars().allMatch(Character::isDigit);
        }

        boolean isDated() {
            return suffix.length() > LONGEST_NUMBER;
        }
    }

    static boolean isCompressed(Path path) {
        return path.toString().endsWith(COMPRESSED);
    }

    /** The log a file belongs to if its name is that of a rotated one. */
    static Optional<Path> logOf(Path file) {
        Matcher name = ROTATED.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Optional.of(file.resolveSibling(name.group("log"))) : Optional.empty();
    }

    static List<Rotated> of(Path log) throws IOException {
        // Docker's path is a link, and the files that rotate lie where it leads.
        Path real = Files.exists(log) ? log.toRealPath() : log;
        Path directory = real.getParent();
        if (directory == null || real.getFileName() == null) {
            return List.of();
        }
        List<Rotated> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                Optional<String> suffix =
                        suffix(String.valueOf(file.getFileName()), String.valueOf(real.getFileName()));
                if (suffix.isPresent() && Files.isRegularFile(file)) {
                    files.add(new Rotated(file, suffix.get(), Files.getLastModifiedTime(file)));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.sort(order(files));
        return files;
    }

    private static Optional<String> suffix(String name, String log) {
        if (!name.startsWith(log)) {
            return Optional.empty();
        }
        Matcher form = SUFFIX.matcher(name.substring(log.length()));
        return form.matches() ? Optional.of(form.group("suffix")) : Optional.empty();
    }

    /** Names tell the order best: compressing a file changes its time. */
    private static Comparator<Rotated> order(List<Rotated> files) {
        if (files.stream().allMatch(Rotated::isDated)) {
            return Comparator.comparing(Rotated::suffix).thenComparing(Rotated::path);
        }
        if (files.stream().allMatch(Rotated::isNumbered)) {
            return Comparator.comparing((Rotated file) -> Integer.parseInt(file.suffix()))
                    .reversed()
                    .thenComparing(Rotated::path);
        }
        return Comparator.comparing(Rotated::modified).thenComparing(Rotated::path);
    }
}
