package io.lightvessel.bench.ebpf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Many processes that do a little work every four seconds, as most processes of a node do. */
public final class BusyProcesses implements AutoCloseable {
    /** Forks of one shell: reading from a pipe that nobody writes to waits without starting another process. */
    private static final String SCRIPT = """
            exec 3<> "$0"
            work() {
              while :; do
                for ((i = 0; i < 100; i++)); do :; done
                read -r -t 4 -u 3
              done
            }
            for ((n = 0; n < $1; n++)); do work & done
            wait
            """;

    private final Process shell;
    private final Thread hook = new Thread(this::kill, "end busy processes");

    /** @param directory where a pipe is made that they wait at */
    public BusyProcesses(int count, Path directory) throws IOException, InterruptedException {
        String pipe = directory.resolve("pipe").toString();
        int status = new ProcessBuilder("mkfifo", pipe).start().waitFor();
        if (status != 0) {
            throw new IOException("mkfifo " + pipe + " ended with " + status);
        }
        shell = new ProcessBuilder("bash", "-c", SCRIPT, pipe, Integer.toString(count))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public long running() {
        return shell.descendants().count();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending, and the hook has run or is about to.
        }
    }

    private void kill() {
        List<ProcessHandle> children = shell.descendants().toList();
        shell.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
