package io.lightvessel.collector.ebpf.symbols.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Finds the separate file with the symbols that were stripped from a program. */
final class DebugFiles {
    private static final String DIRECTORY = "usr/lib/debug";
    private static final int LONGEST_NAME = 255;
    private static final int CHUNK = 1 << 16;
    /** A checksum has to be taken of the whole file. */
    private static final long LARGEST_TO_SUM = 64L << 20;

    private DebugFiles() {}

    /**
     * @param root what the program sees as the root of its files
     * @param path of the program below that root
     */
    static Optional<MappedFile> find(ElfBytes program, ElfLayout layout, Path root, Path path) {
        Optional<MappedFile> found = byBuildId(layout.buildId(), root);
        return found.isPresent() ? found : byLink(program, layout, root, path);
    }

    private static Optional<MappedFile> byBuildId(String id, Path root) {
        if (id.length() < 4) {
            return Optional.empty();
        }
        String name = DIRECTORY + "/.build-id/" + id.substring(0, 2) + "/" + id.substring(2) + ".debug";
        return open(root.resolve(name)).filter(file -> keepIf(file, matches(file, id)));
    }

    private static Optional<MappedFile> byLink(ElfBytes program, ElfLayout layout, Path root, Path path) {
        Optional<Section> link = layout.section(".gnu_debuglink");
        if (link.isEmpty() || link.get().size() < 8) {
            return Optional.empty();
        }
        program.check(link.get().offset(), link.get().size());
        String name = program.text(link.get().offset(), LONGEST_NAME);
        int sum = program.i32(link.get().offset() + link.get().size() - 4);
        if (name.isEmpty() || name.contains("/")) {
            return Optional.empty();
        }
        for (Path candidate : candidates(root, path, name)) {
            Optional<MappedFile> found = open(candidate)
                    .filter(file -> keepIf(file, matches(file, layout.buildId()) || hasSum(file.bytes(), sum)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Path> candidates(Path root, Path path, String name) {
        List<Path> candidates = new ArrayList<>();
        Path directory = path.getParent();
        if (directory != null) {
            Path relative = Path.of("/").relativize(directory);
            candidates.add(root.resolve(relative).resolve(name));
            candidates.add(root.resolve(relative).resolve(".debug").resolve(name));
            candidates.add(root.resolve(DIRECTORY).resolve(relative).resolve(name));
        }
        return candidates;
    }

    private static Optional<MappedFile> open(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(MappedFile.open(file)) : Optional.empty();
        } catch (IOException | MalformedElf e) {
            // One that cannot be read is as good as none: the program's own names are left.
            return Optional.empty();
        }
    }

    private static boolean keepIf(MappedFile file, boolean right) {
        if (!right) {
            file.close();
        }
        return right;
    }

    private static boolean matches(MappedFile file, String id) {
        try {
            return !id.isEmpty() && ElfLayout.read(file.bytes()).buildId().equals(id);
        } catch (MalformedElf e) {
            return false;
        }
    }

    private static boolean hasSum(ElfBytes file, int sum) {
        if (file.size() > LARGEST_TO_SUM) {
            return false;
        }
        CRC32 crc = new CRC32();
        for (long at = 0; at < file.size(); at += CHUNK) {
            crc.update(file.bytes(at, (int) Math.min(CHUNK, file.size() - at)));
        }
        return (int) crc.getValue() == sum;
    }
}
