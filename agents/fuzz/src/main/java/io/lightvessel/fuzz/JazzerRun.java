package io.lightvessel.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs one fuzz target under Jazzer, in a process of its own, since it instruments classes. */
final class JazzerRun {
    private JazzerRun() {}

    /** What it learns is kept below {@code target/fuzz/corpus} and used again the next time. */
    static void of(String test, String method, String name, long seconds) {
        Path learnt = Path.of("target/fuzz/corpus", name);
        Path log = Path.of("target/fuzz", name + ".log");
        try {
            Files.createDirectories(learnt);
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx768m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + JazzerTarget.class.getName(),
                    "--target_args=" + test + " " + method + " " + name,
                    "--instrumentation_includes=io.lightvessel.**",
                    // These take Netty's use of Unsafe and configs' regular expressions for attacks.
                    "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer"
                            + ":com.code_intelligence.jazzer.sanitizers.RegexInjection",
                    "--reproducer_path=target/fuzz",
                    "-artifact_prefix=target/fuzz/" + name + "-",
                    "-max_total_time=" + seconds,
                    "-max_len=65536",
                    "-timeout=30",
                    "-rss_limit_mb=4096",
                    "-print_final_stats=1",
                    learnt.toString(),
                    "src/test/resources/fuzz/" + name);
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> found = said.stream()
                    .filter(line -> line.startsWith("== Java Exception")
                            || line.startsWith("Done ")
                            || line.contains("stat::number_of_executed_units")
                            || line.contains("artifact_prefix"))
                    .toList();
            System.out.println("jazzer " + name + ": " + found);
            if (status != 0) {
                throw new AssertionError("jazzer ended with " + status + ": " + found + ", see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
