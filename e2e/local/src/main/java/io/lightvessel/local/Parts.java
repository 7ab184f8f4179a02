package io.lightvessel.local;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The processes that run now, by name; starting is refused once stopping has begun. */
final class Parts {

    private static final Duration GRACE = Duration.ofSeconds(12);

    private final Map<String, RunningPart> running = new ConcurrentHashMap<>();
    private boolean stopping;

    synchronized RunningPart start(Part part) {
        if (stopping) {
            throw new Failure(part.name() + " is not started: the product is being stopped.");
        }
        RunningPart started = RunningPart.start(part);
        running.put(part.name(), started);
        return started;
    }

    synchronized boolean stopping() {
        return stopping;
    }

    RunningPart get(String name) {
        RunningPart part = running.get(name);
        if (part == null) {
            throw new Failure("part: " + name + " (expected one of " + running.keySet() + ")");
        }
        return part;
    }

    List<Run.Member> members() {
        return running.values().stream()
                .map(RunningPart::member)
                .sorted(Comparator.comparing(Run.Member::name))
                .toList();
    }

    /** Stops everything, producers first; returns when nothing is left. */
    void stopAll() throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        for (Part.Stage stage : Part.Stage.values()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                running.values().stream()
                        .filter(part -> part.part().stage() == stage)
                        .forEach(part -> threads.submit(() -> {
                            part.stop(GRACE);
                            return part;
                        }));
            }
        }
    }
}
