package io.lightvessel.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * A request's body as it goes over the wire, packed once. Its number can be set without packing again: it lies in a
 * part that is stored as it is.
 */
final class Body {

    private final byte[] bytes;
    private final int idAt;
    private final int records;
    private final int plainSize;
    private final Seal seal;

    /** Mends what depends on the number, such as a checksum. */
    @FunctionalInterface
    interface Seal {
        void close(byte[] body);
    }

    private Body(byte[] bytes, int idAt, int records, int plainSize, Seal seal) {
        this.bytes = bytes;
        this.idAt = idAt;
        this.records = records;
        this.plainSize = plainSize;
        this.seal = seal;
    }

    static Body of(byte[] plain, int records, Coding coding) {
        int idAt = indexOf(plain, Bodies.NO_ID.getBytes(StandardCharsets.US_ASCII), 0, plain.length);
        if (idAt < 0) {
            throw new IllegalArgumentException("body: no placeholder for its number (expected: " + Bodies.NO_ID + ")");
        }
        int stored = idAt + Bodies.NO_ID.length();
        return switch (coding) {
            case NONE -> new Body(plain.clone(), idAt, records, plain.length, _ -> {});
            case GZIP -> {
                StoredFirstGzip gzip = new StoredFirstGzip(plain, stored);
                yield new Body(gzip.bytes(), gzip.storedAt() + idAt, records, plain.length, gzip);
            }
            case ZSTD -> {
                StoredFirstZstd zstd = new StoredFirstZstd(plain, stored);
                yield new Body(zstd.bytes(), zstd.storedAt() + idAt, records, plain.length, _ -> {});
            }
        };
    }

    /** Gives the body a number, from 0 to 2^31 - 1. */
    void number(int id) {
        for (int i = 0; i < 16; i++) {
            bytes[idAt + i] = (byte) Character.forDigit(i < 8 ? 0 : id >>> (15 - i) * 4 & 15, 16);
        }
        seal.close(bytes);
    }

    /** Reads the number behind the attribute's key; -1 when there is none. */
    static int numberIn(byte[] plain, int from, int to) {
        byte[] key = KEY;
        int at = indexOf(plain, key, from, to);
        // The value's tag, its length, the text's tag, its length, and the text.
        int value = at + key.length + 4;
        if (at < 0 || value + 16 > to) {
            return -1;
        }
        int id = 0;
        for (int i = 8; i < 16; i++) {
            id = id << 4 | Character.digit(plain[value + i], 16);
        }
        return id;
    }

    private static final byte[] KEY = Bodies.ID_KEY.getBytes(StandardCharsets.US_ASCII);

    private static int indexOf(byte[] where, byte[] what, int from, int to) {
        for (int at = from; at + what.length <= to; at++) {
            int i = 0;
            while (i < what.length && where[at + i] == what[i]) {
                i++;
            }
            if (i == what.length) {
                return at;
            }
        }
        return -1;
    }

    /** The body's own bytes; the same array after each numbering. */
    byte[] bytes() {
        return bytes;
    }

    int records() {
        return records;
    }

    int plainSize() {
        return plainSize;
    }
}
