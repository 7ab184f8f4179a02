package io.lightvessel.local.sink;

/** Unpacks Snappy's block format, which remote write 1.0 uses. */
final class Snappy {

    private final byte[] in;
    private int at;
    private byte[] out = {};
    private int length;

    private Snappy(byte[] in) {
        this.in = in;
    }

    static byte[] unpack(byte[] packed, int limit) throws BadBody {
        return new Snappy(packed).unpack(limit);
    }

    private byte[] unpack(int limit) throws BadBody {
        long expected = varint();
        if (expected > limit) {
            throw new BadBody("snappy body: " + expected + " bytes unpacked (expected: at most " + limit + ")");
        }
        out = new byte[(int) expected];
        while (at < in.length) {
            int tag = next();
            switch (tag & 3) {
                case 0 -> literal(tag >>> 2);
                case 1 -> copy(4 + ((tag >>> 2) & 7), ((tag >>> 5) << 8) | next());
                case 2 -> copy(1 + (tag >>> 2), littleEndian(2));
                case 3 -> copy(1 + (tag >>> 2), littleEndian(4));
                default -> throw new AssertionError("two bits hold four values");
            }
        }
        if (length != out.length) {
            throw new BadBody("snappy body: " + length + " bytes unpacked (expected: " + out.length + ")");
        }
        return out;
    }

    private void literal(int code) throws BadBody {
        int size = 1 + (code < 60 ? code : littleEndian(code - 59));
        if (size <= 0 || size > in.length - at || size > out.length - length) {
            throw new BadBody("snappy body: literal of " + size + " bytes at " + at + " runs over the end");
        }
        System.arraycopy(in, at, out, length, size);
        at += size;
        length += size;
    }

    private void copy(int size, int offset) throws BadBody {
        if (offset <= 0 || offset > length || size > out.length - length) {
            throw new BadBody("snappy body: copy of " + size + " bytes from " + offset + " back at " + length);
        }
        // Byte by byte: source and target may overlap, which is how runs are encoded.
        for (int i = 0; i < size; i++) {
            out[length] = out[length - offset];
            length++;
        }
    }

    private long varint() throws BadBody {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new BadBody("snappy body: length longer than 5 bytes");
    }

    private int littleEndian(int bytes) throws BadBody {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= next() << (8 * i);
        }
        return value;
    }

    private int next() throws BadBody {
        if (at >= in.length) {
            throw new BadBody("snappy body: ends after " + in.length + " bytes in the middle of an element");
        }
        return in[at++] & 0xff;
    }
}
