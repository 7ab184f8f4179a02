package io.lightvessel.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is checked before anything starts, so that a start that cannot succeed says so at once. */
final class Preflight {

    /** PostgreSQL's first files, its log, Prometheus' head and the services' logs; measured, then doubled. */
    private static final long NEEDED_BYTES = 512L << 20;

    private static final int SHOWN_COMMAND = 100;

    private Preflight() {}

    static void requireFree(List<Ports.Use> uses) {
        for (Ports.Use use : uses) {
            if (!free(use.port())) {
                throw new Failure("Port " + use.port() + " (" + use.part() + ", " + use.purpose() + ") is taken"
                        + holder(use.port()) + ". Stop what listens there, or choose other ports: "
                        + (use.purpose().equals("console and API") ? "--port N." : "--offset N."));
            }
        }
    }

    static void requireSpace(Path directory) {
        try {
            Files.createDirectories(directory);
            long found = Files.getFileStore(directory).getUsableSpace();
            requireSpace(directory, NEEDED_BYTES, found);
        } catch (IOException e) {
            throw new Failure("The data directory " + directory + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    static void requireSpace(Path directory, long needed, long found) {
        if (found < needed) {
            throw new Failure(
                    "The disk of " + directory + " is full: " + (found >> 20) + " MiB free (expected: at least "
                            + (needed >> 20) + " MiB). Free some space or choose another directory with --data DIR.");
        }
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String holder(int port) {
        return Listeners.of(port)
                .map(process -> " by process " + process.pid()
                        + process.info()
                                .commandLine()
                                .map(line -> " ("
                                        + (line.length() > SHOWN_COMMAND
                                                ? line.substring(0, SHOWN_COMMAND) + "…"
                                                : line)
                                        + ")")
                                .orElse(""))
                .orElse("");
    }
}
