package io.lightvessel.collector.ebpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Programs whose hot functions are known, and JVMs with this class path. */
public final class Programs {
    /** Spends 40 % of its time in one function and 60 % in another: each step waits for the one before, however wide the processor. */
    private static final String HOT = """
            unsigned long state = 1;
            __attribute__((noinline)) void hot_a(unsigned long n) {
                unsigned long s = state;
                for (unsigned long i = 0; i < n; i++) s = s * 6364136223846793005UL + i;
                state = s;
            }
            __attribute__((noinline)) void hot_b(unsigned long n) {
                unsigned long s = state;
                for (unsigned long i = 0; i < n; i++) s = s * 6364136223846793005UL + i;
                state = s;
            }
            int main(void) {
                for (;;) {
                    hot_a(40000);
                    hot_b(60000);
                }
            }
            """;

    private Programs() {}

    /** A program with functions {@code hot_a} and {@code hot_b}, at addresses that its file tells. */
    public static Path hot(Path directory) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve("hot.c"), HOT);
        Path program = directory.resolve("hot");
        said("gcc", "-O1", "-fno-omit-frame-pointer", "-no-pie", "-o", program.toString(), source.toString());
        return program;
    }

    /** A program of this class path's, behind others that start it. */
    public static List<String> java(Class<?> main, List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What a program writes on its way to a good end. */
    public static String said(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            if (RequiresEbpf.Probe.isRequired()) {
                throw e;
            }
            throw new TestAbortedException(command[0] + " cannot be started: " + e.getMessage(), e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + status + ": " + said);
        }
        return said;
    }

    /** The processor time that a process has taken, in seconds. */
    public static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }
}
