package io.lightvessel.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process, told apart from a later one with the same number by when it started. */
record ProcessId(long pid, Instant startedAt) {

    /** The system derives start times from its boot time, which it may adjust a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessId of(ProcessHandle handle) {
        return new ProcessId(handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
    }

    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::same);
    }

    private boolean same(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) < 0)
                .orElse(false);
    }
}
