package io.lightvessel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code down}: stops everything that runs from a data directory. */
final class Down {

    private static final Duration SUPERVISOR = Duration.ofSeconds(60);
    private static final Duration LEFTOVERS = Duration.ofSeconds(12);

    private final DataDir data;

    Down(DataDir data) {
        this.data = data;
    }

    int run() throws InterruptedException {
        Optional<Run> found = Run.read(data);
        if (found.isEmpty()) {
            System.out.println("Nothing runs from " + data.root() + ".");
            return 0;
        }
        Run run = found.get();
        Optional<ProcessHandle> supervisor = run.supervisor().alive();
        if (supervisor.isPresent()) {
            // It stops its parts in the right order; a supervisor that hangs is not waited for any longer.
            Processes.end(List.of(supervisor.get()), SUPERVISOR);
        }
        List<ProcessHandle> leftovers = run.leftovers();
        Processes.end(leftovers, LEFTOVERS);
        List<ProcessHandle> stubborn = run.leftovers();
        if (!stubborn.isEmpty()) {
            throw new Failure("These processes could not be stopped: "
                    + stubborn.stream().map(ProcessHandle::pid).toList() + ".");
        }
        try {
            Files.deleteIfExists(data.runFile());
        } catch (IOException e) {
            throw new Failure(data.runFile() + " cannot be removed: " + e.getMessage() + ".", e);
        }
        System.out.println("Stopped " + run.members().size() + " parts. The data stays in " + data.root() + ".");
        return 0;
    }
}
