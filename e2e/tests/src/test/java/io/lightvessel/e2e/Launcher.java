package io.lightvessel.e2e;

import io.lightvessel.local.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the launcher, called as a process of its own as the script does. */
final class Launcher {

    private final Process process;
    private final Path output;

    private Launcher(List<String> command) throws IOException {
        // A file, not a pipe: what a detached supervisor inherits must not keep the test waiting for its end.
        output = Files.createTempFile(ProductExtension.TARGET, "launcher", ".out");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(output.getParent().toFile())
                .start();
    }

    static Launcher start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Dlightvessel.home=" + ProductExtension.HOME,
                "-cp",
                Home.built(ProductExtension.HOME)
                        .local()
                        .resolve("lightvessel-local.jar")
                        .toString(),
                "io.lightvessel.local.Main"));
        command.addAll(List.of(arguments));
        return new Launcher(command);
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    static Result script(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProductExtension.HOME.resolve("lightvessel").toString());
        command.addAll(List.of(arguments));
        return new Launcher(command).end();
    }

    Process process() {
        return process;
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    Result end() throws IOException, InterruptedException {
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher did not end within 180 s; it said: " + said());
        }
        return new Result(process.exitValue(), said());
    }

    /** How a command ended and what it said. */
    record Result(int exit, String output) {}
}
