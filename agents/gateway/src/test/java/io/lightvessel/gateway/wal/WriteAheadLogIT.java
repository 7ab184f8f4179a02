package io.lightvessel.gateway.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.testing.RealPrometheus;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes that are safe in the log reach a real Prometheus, complete and in order, whatever happens in between. */
class WriteAheadLogIT {

    @TempDir
    private Path directory;

    private Process child(String url, int first, int rounds) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        ScrapingChild.class.getName(),
                        url,
                        directory.resolve("wal").toString(),
                        String.valueOf(first),
                        String.valueOf(rounds))
                .redirectOutput(output(first).toFile())
                .redirectError(directory.resolve("child-" + first + ".log").toFile())
                .start();
    }

    private Path output(int first) {
        return directory.resolve("child-" + first + ".out");
    }

    /** Waits until a process has printed a line that begins so. */
    private void await(Process process, int first, String line) throws Exception {
        for (int i = 0; i < 12_000; i++) {
            boolean alive = process.isAlive();
            if (Files.readAllLines(output(first)).stream().anyMatch(printed -> printed.startsWith(line))) {
                return;
            }
            if (!alive) {
                break;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(
                "no line '" + line + "': " + Files.readString(directory.resolve("child-" + first + ".log")));
    }

    /** Lets a process make some rounds and kills it; returns the number to go on with. */
    private int kill(Process process, int first, int rounds) throws Exception {
        await(process, first, "safe " + (first + rounds - 1));
        process.destroyForcibly().waitFor();
        int last = Files.readAllLines(output(first)).stream()
                .filter(line -> line.matches("safe [0-9]+"))
                .mapToInt(line -> Integer.parseInt(line.substring("safe ".length())))
                .max()
                .orElseThrow();
        // A round that was under way may have been stored in part, so its number is not used again.
        return last + 2;
    }

    @Test
    void killsAndAnOutageLoseNothingAndKeepTheOrder() throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "Prometheus is not installed (Debian: apt-get install prometheus)");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/api/v1/write";

        // Nobody is there; the first life is killed in the middle of its rounds.
        int next = 1;
        for (int life = 0; life < 2; life++) {
            next = kill(child(url, next, 100_000), next, 60);
        }
        try (RealPrometheus prometheus =
                RealPrometheus.start(program.get(), Files.createDirectory(directory.resolve("p")), port)) {
            // Replays while it goes on, and is killed once more.
            next = kill(child(url, next, 100_000), next, 20);
            Process last = child(url, next, 20);
            await(last, next, "done");
            assertThat(Files.readAllLines(output(next)).getLast()).isEqualTo("done balanced=true dropped={}");
            assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
            int rounds = next + 19;
            for (int target = 1; target <= ScrapingChild.TARGETS; target++) {
                String series = "round{instance=\"target-" + target + "\"}[1h]";
                // Three numbers were left out at most: one behind each kill.
                assertThat(value(prometheus, "count_over_time(" + series + ")")).isBetween(rounds - 3.0, 0.0 + rounds);
                assertThat(value(prometheus, "max_over_time(" + series + ")")).isEqualTo(rounds);
                assertThat(value(prometheus, "min_over_time(" + series + ")")).isEqualTo(1);
                // Every sample is larger than the one before, as the rounds were.
                assertThat(value(prometheus, "resets(" + series + ")")).isZero();
                assertThat(value(prometheus, "changes(" + series + ") - count_over_time(" + series + ")"))
                        .isEqualTo(-1);
            }
        }
    }

    private static double value(RealPrometheus prometheus, String query) throws Exception {
        String text = prometheus.await(query).getFirst().value();
        return Double.parseDouble(text.replace("\"", ""));
    }
}
