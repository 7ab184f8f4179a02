package io.lightvessel.collector.ebpf.kernel;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a run of a program costs, one second in fifteen: the statistics it needs cost every BPF program of the
 * machine a little time, ours or not.
 */
final class RunTimeMeter implements AutoCloseable {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(15);

    private final Bpf bpf;
    private final Descriptor program;
    private @Nullable Descriptor statistics;
    private long turn;
    private boolean denied;
    private OptionalLong mean = OptionalLong.empty();

    RunTimeMeter(Bpf bpf, Descriptor program) {
        this.bpf = bpf;
        this.program = program;
        turn = System.nanoTime();
    }

    /** Begins or ends measuring when it is time to. */
    void tick() {
        if (denied || System.nanoTime() - turn < 0) {
            return;
        }
        try {
            if (statistics == null) {
                statistics = bpf.statistics();
                turn = System.nanoTime() + WINDOW;
            } else {
                statistics.close();
                statistics = null;
                turn = System.nanoTime() + PERIOD - WINDOW;
                Bpf.ProgramInfo info = bpf.info(program);
                if (info.runs() > 0) {
                    mean = OptionalLong.of(info.runNanos() / info.runs());
                }
            }
        } catch (SyscallFailure failure) {
            // Needs CAP_SYS_ADMIN, which a profiler should not have; its cost is then assumed, not measured.
            denied = true;
        }
    }

    OptionalLong nanosPerRun() {
        return mean;
    }

    @Override
    public void close() {
        if (statistics != null) {
            statistics.close();
        }
    }
}
