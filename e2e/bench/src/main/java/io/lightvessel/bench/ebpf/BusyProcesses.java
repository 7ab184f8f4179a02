package io.lightvessel.bench.ebpf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Many processes that do a little work every two seconds, as most processes of a node do. */
public final class BusyProcesses implements AutoCloseable {
    /** Reading from a pipe that nobody writes to waits without starting another process. */
    private static final String SCRIPT = """
            exec 3<> "$0"
            while :; do
              for ((i = 0; i < 300; i++)); do :; done
              read -r -t 2 -u 3
            done
            """;

    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::kill, "end busy processes");

    /** @param directory where a pipe is made that they wait at */
    public BusyProcesses(int count, Path directory) throws IOException, InterruptedException {
        String pipe = directory.resolve("pipe").toString();
        int status = new ProcessBuilder("mkfifo", pipe).start().waitFor();
        if (status != 0) {
            throw new IOException("mkfifo " + pipe + " ended with " + status);
        }
        Runtime.getRuntime().addShutdownHook(hook);
        for (int i = 0; i < count; i++) {
            processes.add(new ProcessBuilder("bash", "-c", SCRIPT, pipe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
    }

    public long running() {
        return processes.stream().filter(Process::isAlive).count();
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
        processes.forEach(Process::destroyForcibly);
    }
}
