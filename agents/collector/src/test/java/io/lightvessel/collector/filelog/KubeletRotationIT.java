package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pods write numbered lines while the kubelet rotates their logs and the tailer is killed again and again: every line is
 * delivered, in order per stream, and a line comes twice only if it was in the one batch of its log that was under way at
 * a kill.
 */
class KubeletRotationIT {
    private static final int SECONDS = Integer.getInteger("lightvessel.podlogs.seconds", 20);
    private static final int PODS = Integer.getInteger("lightvessel.podlogs.pods", 12);
    private static final int LINES_PER_TURN = Integer.getInteger("lightvessel.podlogs.lines", 40);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long KILL_EVERY_MILLIS = 2500;
    private static final int ROTATE_EVERY_TURNS = 100;
    private static final int RESTART_EVERY_TURNS = 600;

    @TempDir
    Path directory;

    private final Random random = new Random(SECONDS);
    private final List<Path> lives = new ArrayList<>();

    /** What one batch holds of a stream of a container instance. */
    private record Batch(int life, long from, long to) {}

    @Test
    void everyLineArrivesInOrderHoweverOftenTheTailerIsKilled() throws Exception {
        Process tailer = start();
        while (!Files.exists(directory.resolve("storage/filelog-filelog.checkpoints"))) {
            // What was rotated before a receiver ran for the first time is none of its business.
            Thread.sleep(20);
        }
        List<KubeletDriver> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(new KubeletDriver(directory.resolve("pods"), "pod-" + i, i));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long nextKill = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KILL_EVERY_MILLIS);
        for (int turn = 1; System.nanoTime() < end; turn++) {
            long begun = System.nanoTime();
            for (int i = 0; i < PODS; i++) {
                KubeletDriver pod = pods.get(i);
                pod.write(1 + random.nextInt(2 * LINES_PER_TURN));
                if ((turn + i * 8) % ROTATE_EVERY_TURNS == 0) {
                    pod.rotate();
                }
                if ((turn + i * 48) % RESTART_EVERY_TURNS == 0) {
                    pod.restart();
                }
            }
            // One kill in four may come while the process starts.
            boolean ready =
                    random.nextInt(200) == 0 || Files.exists(lives.getLast()) && Files.size(lives.getLast()) > 0;
            if (System.nanoTime() > nextKill && ready) {
                tailer.destroyForcibly().waitFor();
                tailer = start();
                nextKill = System.nanoTime()
                        + TimeUnit.MILLISECONDS.toNanos(KILL_EVERY_MILLIS / 2 + random.nextLong(KILL_EVERY_MILLIS));
            }
            TimeUnit.NANOSECONDS.sleep(Math.max(0, begun + TURN_NANOS - System.nanoTime()));
        }
        for (KubeletDriver pod : pods) {
            pod.close();
        }
        awaitDelivered(pods, tailer);
        tailer.getOutputStream().close();
        tailer.waitFor();
        check(pods);
    }

    private void awaitDelivered(List<KubeletDriver> pods, Process tailer) throws Exception {
        long wanted = written(pods).values().stream().mapToLong(Long::longValue).sum();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (distinct(delivered()) < wanted && tailer.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
    }

    private void check(List<KubeletDriver> pods) throws IOException {
        Map<String, List<Batch>> delivered = delivered();
        Map<String, Long> written = written(pods);
        long lines = 0;
        long twice = 0;
        for (Map.Entry<String, Long> stream : written.entrySet()) {
            long next = 0;
            Batch last = new Batch(-1, 0, 0);
            for (Batch batch : delivered.getOrDefault(stream.getKey(), List.of())) {
                if (batch.from() != next) {
                    assertThat(batch.life())
                            .as("%s comes again from %d on", stream.getKey(), batch.from())
                            .isGreaterThan(last.life());
                    assertThat(batch.from())
                            .as("%s: only the last batch of a killed process may come again", stream.getKey())
                            .isBetween(last.from(), next);
                    twice += next - batch.from();
                }
                next = Math.max(next, batch.to());
                last = batch;
            }
            assertThat(next).as("%s is delivered to its end", stream.getKey()).isEqualTo(stream.getValue());
            lines += next;
        }
        System.out.printf(
                "%,d lines of %d pods, %d kills, lost 0, twice %d (in batches under way at a kill)%n",
                lines, PODS, lives.size() - 1, twice);
    }

    private static Map<String, Long> written(List<KubeletDriver> pods) {
        Map<String, Long> all = new HashMap<>();
        pods.forEach(pod -> all.putAll(pod.written()));
        return all;
    }

    private static long distinct(Map<String, List<Batch>> delivered) {
        return delivered.values().stream()
                .mapToLong(
                        batches -> batches.stream().mapToLong(Batch::to).max().orElse(0))
                .sum();
    }

    /** All batches of each stream as they were committed; a stream's numbers within a batch have no gap. */
    private Map<String, List<Batch>> delivered() throws IOException {
        Map<String, List<Batch>> all = new HashMap<>();
        for (int life = 0; life < lives.size(); life++) {
            ByteBuffer frames = Files.exists(lives.get(life))
                    ? ByteBuffer.wrap(Files.readAllBytes(lives.get(life)))
                    : ByteBuffer.allocate(0);
            while (frames.remaining() >= 12) {
                int length = frames.getInt();
                long sum = frames.getLong();
                if (frames.remaining() < length) {
                    // The process was killed in the middle of a commit.
                    break;
                }
                byte[] bytes = new byte[length];
                frames.get(bytes);
                CRC32C found = new CRC32C();
                found.update(bytes);
                if (found.getValue() != sum) {
                    break;
                }
                batch(life, new String(bytes, UTF_8), all);
            }
        }
        return all;
    }

    private static void batch(int life, String lines, Map<String, List<Batch>> all) {
        Map<String, long[]> ranges = new HashMap<>();
        lines.lines().forEach(line -> {
            String[] fields = line.split(" ");
            long number = Long.parseLong(fields[1]);
            long[] range = ranges.computeIfAbsent(fields[0], _ -> new long[] {number, number});
            assertThat(number).as("%s: order within a batch", fields[0]).isEqualTo(range[1]);
            range[1] = number + 1;
        });
        ranges.forEach((stream, range) ->
                all.computeIfAbsent(stream, _ -> new ArrayList<>()).add(new Batch(life, range[0], range[1])));
    }

    private Process start() throws IOException {
        Path storage = Files.createDirectories(directory.resolve("storage"));
        Path file = directory.resolve("committed-" + lives.size());
        lives.add(file);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledTailer.class.getName(),
                        directory.resolve("pods").toString(),
                        storage.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log-" + lives.size()).toFile())
                .start();
    }
}
