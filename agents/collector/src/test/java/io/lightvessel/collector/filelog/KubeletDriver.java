package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One pod's log as the kubelet and its runtime treat it: lines of two streams, some of them split, into a file that is
 * renamed on schedule, written to a little longer, compressed when the next one is renamed, and deleted beyond a number
 * of files; now and then the container starts again and logs to another path.
 */
final class KubeletDriver {
    private static final int MOST_FILES = 5;
    private static final long SHORTEST_LIFE_MILLIS = 20_000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final LocalDateTime FIRST_STAMP = LocalDateTime.of(2026, 11, 27, 10, 0, 0);
    private static final int LINES_BEFORE_REOPEN = 30;

    private final Path directory;
    private final String pod;
    private final Random random;
    private final Map<String, Long> written = new TreeMap<>();
    private int restarts;
    private int rotations;
    private FileChannel channel;

    KubeletDriver(Path pods, String pod, long seed) throws IOException {
        this.pod = pod;
        this.random = new Random(seed);
        this.directory = Files.createDirectories(pods.resolve("shop_" + pod + "_uid-" + pod + "/app"));
        reopen();
    }

    /** How many lines were written, by container instance and stream. */
    Map<String, Long> written() {
        return written;
    }

    void write(int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            line(text, random.nextInt(2));
        }
        append(text);
    }

    private void line(StringBuilder text, int stream) {
        String content = next(stream);
        if (random.nextInt(20) == 0) {
            int cut = random.nextInt(content.length());
            text.append(head(stream)).append("P ").append(content, 0, cut).append('\n');
            if (random.nextInt(3) == 0) {
                // The other stream's line comes between.
                text.append(head(1 - stream))
                        .append("F ")
                        .append(next(1 - stream))
                        .append('\n');
            }
            text.append(head(stream))
                    .append("F ")
                    .append(content.substring(cut))
                    .append('\n');
        } else {
            text.append(head(stream)).append("F ").append(content).append('\n');
        }
    }

    /** The next line's own number. */
    private String next(int stream) {
        String key = pod + "/" + restarts + "/" + stream;
        long number = written.merge(key, 1L, Long::sum) - 1;
        return key + " " + number;
    }

    private String head(int stream) {
        return "2026-11-27T10:00:00.%09dZ %s ".formatted(random.nextInt(1_000_000_000), name(stream));
    }

    private void append(CharSequence text) throws IOException {
        channel.write(UTF_8.encode(text.toString()));
    }

    private static String name(int stream) {
        return stream == 0 ? "stdout" : "stderr";
    }

    void rotate() throws IOException {
        Path log = log(restarts);
        Path renamed = log.resolveSibling(log.getFileName() + "." + STAMP.format(FIRST_STAMP.plusSeconds(rotations++)));
        Files.move(log, renamed);
        write(random.nextInt(LINES_BEFORE_REOPEN));
        FileChannel old = channel;
        String split = random.nextBoolean() ? next(0) : "";
        if (!split.isEmpty()) {
            append(head(0) + "P " + split.substring(0, 3) + "\n");
        }
        reopen();
        old.close();
        if (!split.isEmpty()) {
            append(head(0) + "F " + split.substring(3) + "\n");
        }
        compressAllBut(renamed);
        deleteBeyond();
    }

    void restart() throws IOException {
        channel.close();
        restarts++;
        reopen();
        if (restarts > 2) {
            String gone = (restarts - 3) + ".log";
            for (Path file : files()) {
                if (file.getFileName().toString().startsWith(gone)) {
                    Files.delete(file);
                }
            }
        }
    }

    void close() throws IOException {
        channel.close();
    }

    private void compressAllBut(Path newest) throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.startsWith(restarts + ".log.") && !name.endsWith(".gz") && !file.equals(newest)) {
                Path draft = file.resolveSibling(name + ".tmp");
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(draft))) {
                    Files.copy(file, out);
                }
                Files.move(draft, file.resolveSibling(name + ".gz"), StandardCopyOption.ATOMIC_MOVE);
                Files.delete(file);
            }
        }
    }

    private void deleteBeyond() throws IOException {
        List<Path> rotated = new ArrayList<>();
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith(restarts + ".log.")) {
                rotated.add(file);
            }
        }
        rotated.sort(Comparator.comparing(Path::toString));
        while (rotated.size() > MOST_FILES - 1) {
            Path oldest = rotated.removeFirst();
            // The kubelet looks every ten seconds, so a file lives for half a minute at least.
            if (System.currentTimeMillis() - Files.getLastModifiedTime(oldest).toMillis() > SHORTEST_LIFE_MILLIS) {
                Files.delete(oldest);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private Path log(int number) {
        return directory.resolve(number + ".log");
    }

    private void reopen() throws IOException {
        channel = FileChannel.open(log(restarts), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
