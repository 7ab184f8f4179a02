package io.lightvessel.bench.micro;

import io.lightvessel.bench.load.Bodies;
import io.lightvessel.bench.load.Telemetry;
import io.lightvessel.gateway.codec.GzipEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

/** Packing a request of 1000 log records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
public class GzipBench {

    private final GzipEncoder encoder = new GzipEncoder();
    private ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(1);
    private ByteBuf packed = ByteBufAllocator.DEFAULT.directBuffer(1);

    @Setup(Level.Trial)
    public void prepare() {
        byte[] request = Bodies.make(Telemetry.LOGS, 1000, 6, 0);
        body = ByteBufAllocator.DEFAULT.directBuffer(request.length).writeBytes(request);
        packed = ByteBufAllocator.DEFAULT.directBuffer(request.length);
    }

    @TearDown(Level.Trial)
    public void release() {
        body.release();
        packed.release();
    }

    @Benchmark
    public int pack() {
        packed.clear();
        encoder.encode(body, packed);
        return packed.readableBytes();
    }
}
