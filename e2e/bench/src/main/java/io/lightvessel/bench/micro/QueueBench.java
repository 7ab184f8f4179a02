package io.lightvessel.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a request costs from a receiver to an exporter and back: books, queue and dispatch, no byte looked at. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
public class QueueBench {

    private static final int QUEUED = 100;

    private Passage empty = new Passage("", List.of(), 6, false);
    private Passage full = empty;

    @Setup(Level.Trial)
    public void prepare() {
        full = new Passage("", List.of(), 6, true);
        for (int i = 0; i < QUEUED; i++) {
            full.offer();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        empty.close();
        full.close();
    }

    /** The backend answers at once. */
    @Benchmark
    public long throughAnEmptyQueue() {
        return empty.offer();
    }

    /** The queue is full: the producer waits for room, which the oldest request makes. */
    @Benchmark
    public long throughAFullQueue() {
        long accepted = full.offer();
        full.endOldest();
        return accepted;
    }
}
