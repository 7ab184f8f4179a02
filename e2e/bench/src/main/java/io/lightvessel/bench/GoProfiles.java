package io.lightvessel.bench;

import io.lightvessel.gateway.codec.GzipEncoder;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;

/** Profiles like those of a Go service of some size: deep stacks that share their roots, and counts that grow. */
final class GoProfiles {

    private static final int DEPTH = 24;
    private static final int FUNCTIONS = 4000;
    /** Of the stacks, this share allocates between two pulls. */
    private static final double BUSY = 0.1;

    private final int stacks;
    private final long[] counts;
    private final Random random = new Random(1);
    private int plainSize;

    GoProfiles(int stacks) {
        this.stacks = stacks;
        this.counts = new long[stacks];
        for (int i = 0; i < stacks; i++) {
            counts[i] = 1 + random.nextInt(1000);
        }
    }

    /** Bytes of the profile written last, before it was packed. */
    int plainSize() {
        return plainSize;
    }

    /** The next in a row, gzipped. */
    byte[] next(String... types) {
        for (int i = 0; i < stacks; i++) {
            if (random.nextDouble() < BUSY) {
                counts[i] += 1 + random.nextInt(50);
            }
        }
        ProtoWriter out = new ProtoWriter(1 << 20);
        ProtoWriter strings = new ProtoWriter(1 << 18);
        strings.string(6, "");
        int count = 1;
        for (String type : types) {
            int message = out.begin(1);
            out.varint(1, count++);
            out.varint(2, count++);
            out.end(message);
            strings.string(6, type.substring(0, type.indexOf('/')));
            strings.string(6, type.substring(type.indexOf('/') + 1));
        }
        samples(out, types.length);
        functions(out, strings, count);
        out.raw(strings.array(), 0, strings.size());
        out.varint(9, System.currentTimeMillis() * 1_000_000);
        plainSize = out.size();
        ByteBuf packed = Unpooled.buffer(out.size() / 4);
        new GzipEncoder().encode(Unpooled.wrappedBuffer(out.array(), 0, out.size()), packed);
        return ByteBufUtil.getBytes(packed);
    }

    private void samples(ProtoWriter out, int types) {
        for (int i = 0; i < stacks; i++) {
            int message = out.begin(2);
            int locations = out.begin(1);
            Random path = new Random(i);
            for (int depth = DEPTH; depth > 0; depth--) {
                // Near the root there are few functions, near the leaf many.
                int width = Math.max(1, FUNCTIONS * depth * depth / (DEPTH * DEPTH));
                out.varint(1 + path.nextInt(width));
            }
            out.end(locations);
            int values = out.begin(2);
            for (int type = 0; type < types; type++) {
                out.varint(type < 2 ? counts[i] * (type == 0 ? 1 : 512) : counts[i] % 3 * 512);
            }
            out.end(values);
            out.end(message);
        }
    }

    private static void functions(ProtoWriter out, ProtoWriter strings, int firstString) {
        int mapping = out.begin(3);
        out.varint(1, 1);
        out.varint(2, 0x400000);
        out.varint(3, 0x4000000);
        out.varint(7, 1);
        out.end(mapping);
        int string = firstString;
        for (int id = 1; id <= FUNCTIONS; id++) {
            int location = out.begin(4);
            out.varint(1, id);
            out.varint(2, 1);
            out.varint(3, 0x400000 + id * 97L);
            int line = out.begin(4);
            out.varint(1, id);
            out.varint(2, id % 700);
            out.end(line);
            out.end(location);
            int function = out.begin(5);
            out.varint(1, id);
            out.varint(2, string);
            out.varint(3, string++);
            out.varint(4, string++);
            out.end(function);
            strings.string(
                    6, "github.com/acme/shop/internal/package" + id % 90 + ".(*Service" + id % 300 + ").Handle" + id);
            strings.string(6, "/build/shop/internal/package" + id % 90 + "/service" + id % 300 + ".go");
        }
    }
}
