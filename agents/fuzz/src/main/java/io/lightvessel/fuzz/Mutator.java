package io.lightvessel.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs of known ones: flips, inserts, removes, repeats and splices, and writes numbers that hurt. */
final class Mutator {
    private static final byte[][] EDGES = {
        {0},
        {(byte) 0x7f},
        {(byte) 0x80},
        {-1},
        {-1, -1, -1, -1},
        {(byte) 0x7f, -1, -1, -1},
        {(byte) 0x80, 0, 0, 0},
        // The longest varint, and one that never ends.
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
        {(byte) 0xc3, 0x28},
        {'"'},
        {'{'},
        {'['},
        {'\\', 'u', 'd', '8', '0', '0'},
        {'1', 'e', '9', '9', '9', '9', '9'},
        {'-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0', '9'},
        {'\n'},
        {' ', ' '},
    };
    private static final int LONGEST = 64 << 10;

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutate(List<byte[]> from, List<byte[]> corpus) {
        byte[] bytes = from.get(random.nextInt(from.size()));
        for (int changes = 1 << random.nextInt(4) * random.nextInt(2); changes > 0; changes--) {
            bytes = once(bytes, corpus);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] once(byte[] bytes, List<byte[]> corpus) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(1 + random.nextInt(1 << random.nextInt(8)), bytes.length - at);
        byte[] edge = EDGES[random.nextInt(EDGES.length)];
        return switch (random.nextInt(9)) {
            case 0 -> overwritten(bytes, at, new byte[] {(byte) random.nextInt()});
            case 1 -> flipped(bytes, at);
            case 2 -> overwritten(bytes, at, edge);
            case 3 -> replaced(bytes, at, 0, edge);
            case 4 -> replaced(bytes, at, length, new byte[0]);
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> repeated(bytes, at, length);
            case 7 -> spliced(bytes, at, corpus.get(random.nextInt(corpus.size())));
            default -> nudged(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    /** Lengths and counts that are wrong by a little. */
    private byte[] nudged(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        if (at < changed.length) {
            changed[at] += (byte) (random.nextInt(9) - 4);
        }
        return changed;
    }

    private static byte[] overwritten(byte[] bytes, int at, byte[] with) {
        byte[] changed = bytes.clone();
        System.arraycopy(with, 0, changed, at, Math.min(with.length, changed.length - at));
        return changed;
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] with) {
        byte[] changed = new byte[bytes.length - length + with.length];
        System.arraycopy(bytes, 0, changed, 0, at);
        System.arraycopy(with, 0, changed, at, with.length);
        System.arraycopy(bytes, at + length, changed, at + with.length, bytes.length - at - length);
        return changed;
    }

    private byte[] repeated(byte[] bytes, int at, int length) {
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        byte[] many = new byte[length * (1 + random.nextInt(20))];
        for (int i = 0; i < many.length; i++) {
            many[i] = part[i % length];
        }
        return replaced(bytes, at, 0, many);
    }

    private byte[] spliced(byte[] bytes, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        byte[] joined = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, joined, at, other.length - from);
        return joined;
    }
}
