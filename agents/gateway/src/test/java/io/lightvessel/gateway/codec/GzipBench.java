package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Prints how fast we pack and unpack, next to the JDK's zlib and to copying memory in the same run. Several bodies take
 * turns, since a processor learns the branches of a single one by heart. The figures are the best of many 40 ms windows.
 */
final class GzipBench {
    private static final int BODIES = 12;

    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> byZlib = new ArrayList<>();
    private final List<ByteBuf> plain = new ArrayList<>();
    private final List<ByteBuf> packedByZlib = new ArrayList<>();
    private final List<ByteBuf> packedByUs = new ArrayList<>();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 20);
    private final byte[] array = new byte[1 << 20];
    private final GzipEncoder encoder = new GzipEncoder();
    private final InflateStream inflater = new InflateStream();
    private final long bytes;

    private GzipBench(LongFunction<byte[]> sample) {
        long total = 0;
        for (int seed = 0; seed < BODIES; seed++) {
            byte[] body = sample.apply(seed);
            bodies.add(body);
            plain.add(direct(body));
            byte[] packed = Samples.deflate(body, 6, Deflater.DEFAULT_STRATEGY, true);
            byZlib.add(packed);
            packedByZlib.add(direct(packed));
            out.clear();
            encoder.encode(plain.getLast(), out);
            packedByUs.add(out.copy());
            total += body.length;
        }
        bytes = total;
    }

    /** Takes the seconds each figure is measured for, 2 by default. */
    public static void main(String[] args) throws CorruptStream, DataFormatException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        new GzipBench(seed -> Samples.logs(1000, seed)).run("logs", seconds);
        new GzipBench(seed -> Samples.spans(1000, seed)).run("spans", seconds);
        new GzipBench(seed -> Samples.logs(20, seed)).run("logs, 20 records", seconds);
        new GzipBench(seed -> Samples.random(300_000, seed)).run("random", seconds);
        new GzipBench(_ -> new byte[300_000]).run("zeros", seconds);
    }

    private void run(String name, int seconds) throws CorruptStream, DataFormatException {
        System.out.printf("%s: %d bytes, in MB/s of plain bytes%n", name, bytes / BODIES);
        double copy = best(seconds, () -> bodies.forEach(body -> System.arraycopy(body, 0, array, 0, body.length)));
        System.out.printf("  copy            %8.0f%n", copy);
        double pack = best(seconds, () -> plain.forEach(body -> encoder.encode(body, out.clear())));
        System.out.printf("  pack            %8.0f  %.2f:1%n", pack, ratio(packedByUs));
        for (int level : new int[] {1, 6}) {
            Deflater deflater = new Deflater(level, true);
            long[] size = new long[1];
            double zlib = best(seconds, () -> {
                size[0] = 0;
                for (byte[] body : bodies) {
                    deflater.reset();
                    deflater.setInput(body);
                    deflater.finish();
                    size[0] += deflater.deflate(array);
                }
            });
            System.out.printf(
                    "  zlib level %d    %8.0f  %.2f:1, we are %.1f times as fast%n",
                    level, zlib, (double) bytes / size[0], pack / zlib);
            deflater.end();
        }
        double ours = best(seconds, () -> unpack(Container.GZIP, packedByUs));
        double theirs = best(seconds, () -> unpack(Container.RAW, packedByZlib));
        Inflater jdk = new Inflater(true);
        CRC32 crc = new CRC32();
        double zlib = best(seconds, () -> {
            for (byte[] packed : byZlib) {
                jdk.reset();
                jdk.setInput(packed);
                crc.update(array, 0, jdk.inflate(array));
            }
        });
        jdk.end();
        System.out.printf("  unpack our own  %8.0f%n", ours);
        System.out.printf("  unpack level 6  %8.0f%n", theirs);
        System.out.printf("  zlib unpack     %8.0f  of level 6, we are %.1f times as fast%n", zlib, theirs / zlib);
    }

    private void unpack(Container container, List<ByteBuf> packed) throws CorruptStream {
        for (ByteBuf body : packed) {
            inflater.begin(container);
            inflater.read(body.duplicate(), out.clear());
            inflater.end();
        }
    }

    private double ratio(List<ByteBuf> packed) {
        return (double) bytes
                / packed.stream().mapToLong(ByteBuf::readableBytes).sum();
    }

    private static ByteBuf direct(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    private interface Work {
        void run() throws CorruptStream, DataFormatException;
    }

    private double best(int seconds, Work work) throws CorruptStream, DataFormatException {
        double best = 0;
        for (long end = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < end; ) {
            long start = System.nanoTime();
            long now = start;
            int turns = 0;
            while (now - start < 40_000_000) {
                work.run();
                turns++;
                now = System.nanoTime();
            }
            best = Math.max(best, turns * bytes * 1e3 / (now - start));
        }
        return best;
    }
}
