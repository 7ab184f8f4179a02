package io.lightvessel.bench.micro;

import io.lightvessel.bench.load.Bodies;
import io.lightvessel.bench.load.Telemetry;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
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

/** What a request of 1000 log records costs on its way in, and merging eight of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
public class WalkBench {

    private ByteBuf body = ByteBufAllocator.DEFAULT.directBuffer(1);
    private ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(1);

    @Setup(Level.Trial)
    public void prepare() {
        byte[] request = Bodies.make(Telemetry.LOGS, 1000, 6, 0);
        body = ByteBufAllocator.DEFAULT.directBuffer(request.length).writeBytes(request);
        copy = ByteBufAllocator.DEFAULT.directBuffer(request.length);
    }

    @TearDown(Level.Trial)
    public void release() {
        body.release();
        copy.release();
    }

    /** Structure checked and records counted. */
    @Benchmark
    public int walk() throws MalformedPayload {
        Payload payload = Payload.walk(Signal.LOGS, body.retainedDuplicate());
        int records = payload.records();
        payload.release();
        return records;
    }

    /** Eight requests become one, with their walks. */
    @Benchmark
    public int walkAndConcatenateEight() throws MalformedPayload {
        List<Payload> parts = new ArrayList<>(8);
        for (int i = 0; i < 8; i++) {
            parts.add(Payload.walk(Signal.LOGS, body.retainedDuplicate()));
        }
        Payload whole = Payload.concatenated(parts);
        int records = whole.records();
        whole.release();
        return records;
    }

    /** What any of it is held against. */
    @Benchmark
    public int copy() {
        copy.clear().writeBytes(body, 0, body.readableBytes());
        return copy.writerIndex();
    }
}
