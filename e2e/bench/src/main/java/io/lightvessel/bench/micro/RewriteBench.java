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

/** What it costs to rewrite a request of 1000 log records with 12 attributes each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
public class RewriteBench {

    private static final int ATTRIBUTES = 12;
    private static final String ABSENT = """
            processors:
              attributes: {actions: [{key: not.there, action: delete}]}
            """;

    private Passage nothing = passage(ABSENT);
    private Passage one = nothing;
    private Passage ten = nothing;

    private static Passage passage(String processors) {
        return new Passage(processors, List.of("attributes"), ATTRIBUTES, false);
    }

    @Setup(Level.Trial)
    public void prepare() {
        one = passage(Passage.resource("processors-rename.yaml"));
        ten = passage(Passage.resource("processors-rename10.yaml"));
    }

    @TearDown(Level.Trial)
    public void close() {
        nothing.close();
        one.close();
        ten.close();
    }

    /** Every attribute is looked at, and the request goes on as it came. */
    @Benchmark
    public long lookAndKeep() {
        return nothing.offer();
    }

    @Benchmark
    public long renameOne() {
        return one.offer();
    }

    @Benchmark
    public long renameTen() {
        return ten.offer();
    }
}
