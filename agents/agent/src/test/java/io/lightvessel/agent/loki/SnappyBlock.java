package io.lightvessel.agent.loki;

/** Unpacks Snappy's block format by its description, with none of the code that packs it. */
final class SnappyBlock {
    private final byte[] in;
    private int at;
    private byte[] out = {};
    private int size;

    private SnappyBlock(byte[] in) {
        this.in = in;
    }

    static byte[] unpack(byte[] packed) {
        return new SnappyBlock(packed).unpack();
    }

    private byte[] unpack() {
        int length = 0;
        int shift = 0;
        int part;
        do {
            part = next();
            length |= (part & 0x7F) << shift;
            shift += 7;
        } while (part >= 0x80);
        out = new byte[length];
        while (at < in.length) {
            element(next());
        }
        if (size != length) {
            throw new IllegalArgumentException(
                    "%d bytes (expected: the %d that were promised)".formatted(size, length));
        }
        return out;
    }

    private void element(int tag) {
        switch (tag & 3) {
            case 0 -> {
                int count = tag >>> 2;
                count = count < 60 ? count : number(count - 59);
                System.arraycopy(in, at, out, size, count + 1);
                at += count + 1;
                size += count + 1;
            }
            case 1 -> copy((tag >>> 2 & 7) + 4, (tag >>> 5) << 8 | next());
            case 2 -> copy((tag >>> 2) + 1, number(2));
            default -> copy((tag >>> 2) + 1, number(4));
        }
    }

    /** Byte by byte: what is copied may overlap what it makes. */
    private void copy(int count, int back) {
        if (back <= 0 || back > size) {
            throw new IllegalArgumentException("copy from %d of %d bytes ago".formatted(back, size));
        }
        for (int i = 0; i < count; i++) {
            out[size] = out[size - back];
            size++;
        }
    }

    private int next() {
        return in[at++] & 0xFF;
    }

    private int number(int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= next() << 8 * i;
        }
        return number;
    }
}
