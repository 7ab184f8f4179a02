package io.lightvessel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which process listens on a port, where the system tells (Linux's /proc). */
final class Listeners {

    private static final String LISTENING = "0A";

    private Listeners() {}

    static Optional<ProcessHandle> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(inodes(Path.of(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst();
    }

    private static Set<String> inodes(Path table, int port) {
        if (!Files.isReadable(table)) {
            return Set.of();
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> inodes = new HashSet<>();
        try (Stream<String> lines = Files.lines(table)) {
            lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(column -> {
                if (column[1].endsWith(suffix) && column[3].equals(LISTENING)) {
                    inodes.add("socket:[" + column[9] + "]");
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // The table only adds a name to an error that is reported anyway.
            return Set.of();
        }
        return inodes;
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Another user's process, or one that has just ended: not to be named.
            return false;
        }
    }
}
