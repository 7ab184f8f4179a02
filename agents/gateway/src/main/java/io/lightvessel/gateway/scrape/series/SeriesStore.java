package io.lightvessel.gateway.scrape.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/**
 * The series of one target as numbers in arrays: no object for any of them. A series is found by the key of the bytes
 * the target writes for it, and its piece is what a request says of it beside the sample: labels, then metadata.
 *
 * <p>Series with equal labels have one owner, which stands for what the backend sees; others point to it.
 */
final class SeriesStore {
    static final int NONE = -1;
    /** The owner of a series that metric relabelling drops. */
    static final int DROPPED = -2;

    private static final int FIRST = 2;

    private final SeriesKey hash = new SeriesKey();
    private final ProtoWriter pieces = new ProtoWriter(1024);
    private long[] keyHigh = new long[16];
    private long[] keyLow = new long[16];
    private int[] piece = new int[16];
    private int[] labelsLength = new int[16];
    private int[] pieceLength = new int[16];
    private int[] owner = new int[16];
    private int[] seen = new int[16];
    private int[] written = new int[16];
    private int[] family = new int[16];
    private int[] byKey = new int[32];
    private int[] byLabels = new int[32];
    private int count;
    private int scrape = FIRST;

    int count() {
        return count;
    }

    byte[] pieces() {
        return pieces.array();
    }

    int piecesSize() {
        return pieces.size();
    }

    int piece(int series) {
        return piece[series];
    }

    int pieceLength(int series) {
        return pieceLength[series];
    }

    /** The labels' part of a piece. */
    int labelsLength(int series) {
        return labelsLength[series];
    }

    long keyHigh(int series) {
        return keyHigh[series];
    }

    long keyLow(int series) {
        return keyLow[series];
    }

    /** The series that stands for these labels, or {@link #DROPPED}. */
    int owner(int series) {
        return owner[series];
    }

    /** The last scrape that had the series. */
    int seen(int series) {
        return seen[series];
    }

    void see(int series) {
        seen[series] = scrape;
    }

    int scrape() {
        return scrape;
    }

    /** Numbers scrapes, by twos: the odd numbers between say that a series was in this scrape and the one before. */
    void nextScrape() {
        scrape += 2;
    }

    /** Whether this scrape has a sample of the owner's labels, which a staleness marker has to follow some day. */
    boolean isWritten(int series) {
        return written[series] >= scrape;
    }

    /** Whether the scrape before this one had such a sample. */
    boolean wasWritten(int series) {
        int last = written[series];
        return last == scrape - 2 || last == scrape - 1 || last == scrape + 1;
    }

    void write(int series) {
        written[series] = wasWritten(series) ? scrape + 1 : scrape;
    }

    /** What this scrape has written does not count. */
    void forget(int series) {
        if (isWritten(series)) {
            written[series] = 0;
        }
    }

    /** The number of what the target says about the series' family. */
    int family(int series) {
        return family[series] < 0 ? ~family[series] : family[series];
    }

    /** Whether its samples are native histograms. */
    boolean isNative(int series) {
        return family[series] < 0;
    }

    int find(SeriesKey key) {
        int mask = byKey.length - 1;
        for (int slot = (int) key.low & mask; byKey[slot] != 0; slot = slot + 1 & mask) {
            int series = byKey[slot] - 1;
            if (keyHigh[series] == key.high && keyLow[series] == key.low) {
                return series;
            }
        }
        return NONE;
    }

    int addDropped(long high, long low) {
        int series = add();
        owner[series] = DROPPED;
        index(series, high, low);
        return series;
    }

    /**
     * Adds a series whose labels and metadata are two parts of an array; one that has the same labels as an earlier one
     * shares its piece.
     */
    int add(byte[] source, int offset, int labels, int length, int familyId, boolean isNative) {
        int slot = labelSlot(source, offset, labels);
        int known = byLabels[slot] - 1;
        int series = add();
        labelsLength[series] = labels;
        family[series] = isNative ? ~familyId : familyId;
        if (known >= 0) {
            owner[series] = known;
            piece[series] = piece[known];
            labelsLength[series] = labelsLength[known];
            pieceLength[series] = pieceLength[known];
            family[series] = family[known];
        } else {
            owner[series] = series;
            piece[series] = pieces.size();
            pieces.raw(source, offset, length);
            pieceLength[series] = length;
            byLabels[slot] = series + 1;
        }
        return series;
    }

    /** Lets a series be found by the key of its bytes; one from a former owner of the target has none. */
    void index(int series, long high, long low) {
        if ((high | low) == 0) {
            return;
        }
        keyHigh[series] = high;
        keyLow[series] = low;
        int mask = byKey.length - 1;
        int slot = (int) low & mask;
        while (byKey[slot] != 0) {
            slot = slot + 1 & mask;
        }
        byKey[slot] = series + 1;
    }

    /** The target says something else about the series' family now. */
    void describe(int series, byte[] metadata, int length, int familyId, boolean isNative) {
        int from = pieces.size();
        pieces.raw(pieces.array(), piece[series], labelsLength[series]);
        pieces.raw(metadata, 0, length);
        piece[series] = from;
        pieceLength[series] = pieces.size() - from;
        family[series] = isNative ? ~familyId : familyId;
    }

    /** A store without series that goes on with the same scrape. */
    SeriesStore empty() {
        SeriesStore empty = new SeriesStore();
        empty.scrape = scrape;
        return empty;
    }

    /** Takes over when a series was seen, and when its owner was written. */
    void copyState(int series, SeriesStore other, int from, int fromOwner) {
        seen[series] = other.seen[from];
        int to = owner[series];
        if (to >= 0) {
            written[to] = other.written[fromOwner];
            seen[to] = Math.max(seen[to], other.seen[fromOwner]);
        }
    }

    private int add() {
        if (count == owner.length) {
            grow(count + Math.max(16, count >> 2));
        }
        if ((count + 1) * 3L > byKey.length * 2L) {
            rehash(byKey.length * 2);
        }
        return count++;
    }

    private void grow(int capacity) {
        keyHigh = Arrays.copyOf(keyHigh, capacity);
        keyLow = Arrays.copyOf(keyLow, capacity);
        piece = Arrays.copyOf(piece, capacity);
        labelsLength = Arrays.copyOf(labelsLength, capacity);
        pieceLength = Arrays.copyOf(pieceLength, capacity);
        owner = Arrays.copyOf(owner, capacity);
        seen = Arrays.copyOf(seen, capacity);
        written = Arrays.copyOf(written, capacity);
        family = Arrays.copyOf(family, capacity);
    }

    private int labelSlot(byte[] source, int offset, int length) {
        if ((count + 1) * 3L > byLabels.length * 2L) {
            rehash(byLabels.length * 2);
        }
        hash.of(source, offset, offset + length);
        int mask = byLabels.length - 1;
        int slot = (int) hash.high & mask;
        while (byLabels[slot] != 0) {
            int series = byLabels[slot] - 1;
            int from = piece[series];
            if (labelsLength[series] == length
                    && Arrays.equals(pieces.array(), from, from + length, source, offset, offset + length)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rehash(int capacity) {
        byKey = new int[capacity];
        byLabels = new int[capacity];
        int mask = capacity - 1;
        for (int series = 0; series < count; series++) {
            index(series, keyHigh[series], keyLow[series]);
            if (owner[series] == series) {
                hash.of(pieces.array(), piece[series], piece[series] + labelsLength[series]);
                int slot = (int) hash.high & mask;
                while (byLabels[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                byLabels[slot] = series + 1;
            }
        }
    }

    long memory() {
        return pieces.array().length + 48L * owner.length + 8L * byKey.length;
    }
}
