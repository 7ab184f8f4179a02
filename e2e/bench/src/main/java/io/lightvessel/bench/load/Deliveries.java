package io.lightvessel.bench.load;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What reached the backend, kept by request number. Packed bodies are only looked into as far as their number, because
 * unpacking all of them would be more work than the agent's; one in many is unpacked and counted to its end.
 */
final class Deliveries {

    private static final int HEAD = 1024;
    private static final int GZIP_HEADER = 10;
    private static final int UNPACK_ONE_IN = 64;

    private final LoadPlan plan;
    private final RequestWalk walk;
    private final BitSet delivered = new BitSet();
    private final Inflater inflater = new Inflater(true);
    private byte[] plain = new byte[1 << 20];
    private long requests;
    private long records;
    private long bytes;
    private long duplicates;

    Deliveries(LoadPlan plan) {
        this.plan = plan;
        this.walk = new RequestWalk(plan.telemetry(), this::mark);
    }

    private void mark(int id) {
        if (delivered.get(id)) {
            duplicates++;
        }
        delivered.set(id);
    }

    void delivered(byte[] body, int from, int to, boolean packed) throws IOException {
        requests++;
        bytes += to - from;
        if (!packed) {
            records += walk.count(body, from, to);
            return;
        }
        boolean whole = !plan.oneToOne() || plan.coding() == Coding.ZSTD || requests % UNPACK_ONE_IN == 0;
        int size = unpack(body, from, to, whole);
        if (whole) {
            long counted = walk.count(plain, 0, size);
            if (plan.oneToOne() && counted != plan.batch()) {
                throw new IOException(counted + " records in a request (expected: " + plan.batch() + ")");
            }
            records += counted;
        } else {
            int id = Body.numberIn(plain, 0, size);
            if (id < 0) {
                throw new IOException("a request without its number in the first " + size + " bytes");
            }
            mark(id);
            records += plan.batch();
        }
    }

    private int unpack(byte[] body, int from, int to, boolean whole) throws IOException {
        if (plan.coding() == Coding.ZSTD) {
            try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
                int size = (int) com.github.luben.zstd.Zstd.getFrameContentSize(body, from, to - from);
                if (size < 0) {
                    throw new IOException("a zstd frame that does not say its size");
                }
                if (plain.length < size) {
                    plain = new byte[size];
                }
                return context.decompressByteArray(plain, 0, plain.length, body, from, to - from);
            }
        }
        inflater.reset();
        inflater.setInput(body, from + GZIP_HEADER, to - from - GZIP_HEADER);
        int size = 0;
        try {
            while (!inflater.finished() && (whole || size < HEAD)) {
                if (size == plain.length) {
                    plain = Arrays.copyOf(plain, size * 2);
                }
                int got = inflater.inflate(plain, size, whole ? plain.length - size : HEAD - size);
                if (got == 0 && inflater.needsInput()) {
                    throw new IOException("a gzip body that ends early");
                }
                size += got;
            }
        } catch (DataFormatException e) {
            throw new IOException("a gzip body that is damaged: " + e.getMessage(), e);
        }
        return size;
    }

    BitSet delivered() {
        return delivered;
    }

    long requests() {
        return requests;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    /** Numbers that came more than once. */
    long duplicates() {
        return duplicates;
    }
}
