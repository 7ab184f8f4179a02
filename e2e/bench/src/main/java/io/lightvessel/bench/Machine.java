package io.lightvessel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where and when figures were taken. */
record Machine(int cores, long memoryMebibytes, String java, String commit, String date) {

    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                Runtime.version().toString(),
                System.getProperty("lightvessel.bench.commit", "unknown"),
                Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
    }

    private static long memory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                            .filter(line -> line.startsWith("MemTotal:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            return 0;
        }
    }
}
