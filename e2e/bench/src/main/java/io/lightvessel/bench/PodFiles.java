package io.lightvessel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logs of pods as containerd writes them, in a directory like {@code /var/log/pods}. */
final class PodFiles {
    private static final String STDOUT = "2026-11-27T10:27:25.%09dZ stdout F ";
    private static final String TEXT = "GET /api/orders/%d status=200 duration=%dms user=u%d ";

    private final Path directory;
    private final int lineBytes;

    PodFiles(Path directory, int lineBytes) {
        this.directory = directory;
        this.lineBytes = lineBytes;
    }

    /** Writes logs beside the directory and moves them into it, so that they appear whole; returns their bytes. */
    long write(String prefix, int pods, long linesPerPod) throws IOException {
        Path drafts = Files.createDirectories(directory.resolveSibling("drafts"));
        Files.createDirectories(directory);
        long bytes = 0;
        for (int pod = 0; pod < pods; pod++) {
            String name = "shop_%s-%d_0000-%s-%d".formatted(prefix, pod, prefix, pod);
            Path log =
                    Files.createDirectories(drafts.resolve(name).resolve("app")).resolve("0.log");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 20)) {
                for (long line = 0; line < linesPerPod; line++) {
                    byte[] text = line(line);
                    out.write(text);
                    bytes += text.length;
                }
            }
            Files.move(drafts.resolve(name), directory.resolve(name));
        }
        return bytes;
    }

    private byte[] line(long number) {
        String head = STDOUT.formatted(number % 1_000_000_000) + TEXT.formatted(number, number % 997, number % 4999);
        StringBuilder line = new StringBuilder(head);
        while (line.length() < lineBytes - 1) {
            line.append((char) ('a' + line.length() % 26));
        }
        line.setLength(lineBytes - 1);
        return line.append('\n').toString().getBytes(US_ASCII);
    }
}
