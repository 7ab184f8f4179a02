package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.PayloadForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Measures what a log stores, hands out and recovers per second, beside plain writes of the same bytes to the same disk
 * in the same run. Arguments: a directory, entries, bytes of an entry, entries under way.
 */
final class DiskBenchmark {

    private static final LogListener SILENT = new LogListener() {
        @Override
        public void corrupted(String pipeline, Amount amount) {
            throw new IllegalStateException(amount + " corrupted");
        }

        @Override
        public void broken(String message) {
            throw new IllegalStateException(message);
        }
    };

    private final Path directory;
    private final int entries;
    private final int size;
    private final int underWay;
    private final ByteBuf body;

    private DiskBenchmark(Path directory, int entries, int size, int underWay) {
        this.directory = directory;
        this.entries = entries;
        this.size = size;
        this.underWay = underWay;
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        this.body = Unpooled.directBuffer(size).writeBytes(bytes);
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "bench");
        DiskBenchmark benchmark = new DiskBenchmark(
                directory,
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]));
        for (boolean synced : new boolean[] {true, false}) {
            for (int round = 0; round < 3; round++) {
                benchmark.round(synced);
            }
        }
        delete(directory);
    }

    private void round(boolean synced) throws Exception {
        double raw = raw(synced);
        Path queue = directory.resolve("queue");
        double append;
        double replay;
        double open;
        DiskLog log = DiskLog.open(queue, LogOptions.defaults(synced), SILENT);
        append = append(log);
        log.close();
        long start = System.nanoTime();
        log = DiskLog.open(queue, LogOptions.defaults(synced), SILENT);
        open = seconds(start);
        replay = replay(log);
        log.close();
        delete(queue);
        System.out.printf(
                "fsync %-5s  raw %6.0f MB/s  append %6.0f MB/s (%3.0f %% of raw)  replay %6.0f MB/s  restart %.0f ms per GiB%n",
                synced, raw, append, 100 * append / raw, replay, 1000 * open / ((double) entries * size / (1 << 30)));
    }

    /** Gathering writes of as many bodies as are under way, with the same syncs. */
    private double raw(boolean synced) throws IOException {
        Path file = directory.resolve("raw");
        ByteBuffer[] group = new ByteBuffer[underWay];
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int done = 0; done < entries; done += underWay) {
                for (int i = 0; i < underWay; i++) {
                    group[i] = body.nioBuffer();
                }
                while (group[underWay - 1].hasRemaining()) {
                    channel.write(group);
                }
                if (synced) {
                    channel.force(false);
                }
            }
        }
        double rate = megabytes() / seconds(start);
        Files.delete(file);
        return rate;
    }

    private double append(DiskLog log) throws InterruptedException {
        Semaphore room = new Semaphore(underWay);
        Envelope envelope =
                new Envelope("logs", 1000, size, PayloadForm.OTLP, Order.NONE, 0, 0, Map.of("tenant", List.of("one")));
        long start = System.nanoTime();
        for (int i = 0; i < entries; i++) {
            room.acquire();
            log.append(envelope, body.retainedDuplicate(), new DiskLog.Outcome() {
                @Override
                public void committed() {
                    room.release();
                }

                @Override
                public void failed(String reason) {
                    throw new IllegalStateException(reason);
                }
            });
        }
        room.acquire(underWay);
        return megabytes() / seconds(start);
    }

    private double replay(DiskLog log) throws IOException {
        long start = System.nanoTime();
        int count = 0;
        for (Stored stored = log.next(); stored != null; stored = log.next()) {
            stored.body().release();
            log.acknowledge(stored);
            count++;
        }
        if (count != entries) {
            throw new IllegalStateException(count + " entries (expected: " + entries + ")");
        }
        return megabytes() / seconds(start);
    }

    private double megabytes() {
        return (double) entries * size / 1e6;
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
