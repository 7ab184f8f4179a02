package io.lightvessel.collector.ebpf.symbols.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small programs made by the compiler of this machine, and what other tools read in them. */
public final class Programs {
    private static final String SOURCE = """
            #include <stdio.h>
            #include <unistd.h>
            #define BUSY(name) __attribute__((noinline)) long name(long n) { \\
                volatile long x = 0; for (long i = 0; i < n; i++) x += i ^ (x >> 3); return x; }
            BUSY(first_function)
            static BUSY(second_function)
            int main(int argc, char **argv) {
                if (argc > 1) { pause(); }
                printf("%ld\\n", first_function(1000) + second_function(1000));
                return 0;
            }
            """;

    private Programs() {}

    /** @param options such as {@code -no-pie} */
    public static Path compile(Path directory, String name, String... options) {
        return compileSource(directory, name, SOURCE, options);
    }

    public static Path compileSource(Path directory, String name, String source, String... options) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs /usr/bin/gcc, which is not there");
        try {
            Path file = directory.resolve(name + ".c");
            Files.writeString(file, source);
            Path program = directory.resolve(name);
            List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-fno-omit-frame-pointer"));
            command.addAll(List.of(options));
            command.addAll(List.of("-o", program.toString(), file.toString()));
            run(command.toArray(String[]::new));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ElfImage open(Path file) {
        return ElfImage.open(file, Path.of("/"), file);
    }
}
