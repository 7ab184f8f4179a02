package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exemplars of one scrape. Their texts are new every time (trace ids), so they do not go into the target's symbols but
 * behind them, in the request only. How many symbols come before is known at its end: until then references to these texts
 * are varints of four bytes that are filled in later.
 */
final class Exemplars implements ExpositionParser.ExemplarSink {
    private static final int EXEMPLAR = 4;
    private static final int REFERENCE = 4;
    /** What a reference of four bytes can hold. */
    private static final int MOST = 1 << 27;

    private final ProtoWriter references = new ProtoWriter(256);
    private final ProtoWriter message = new ProtoWriter(1024);
    private SymbolStore own = new SymbolStore();
    /** Where references are to be filled in, relative to the message, then in the request. */
    private int[] places = new int[64];

    private int[] texts = new int[64];
    private int count;
    private int placed;
    private int exemplarStart;
    private long[] times = new long[8];
    private @Nullable SymbolStore symbols;
    private long sampleTime;
    private boolean needsTime;
    private boolean onlyTimes;
    private int read;

    void clear() {
        count = 0;
        placed = 0;
        if (own.count() > 1) {
            own = new SymbolStore();
        }
    }

    /** Writes the exemplars of the parser's entry, in the order of time. Returns how long they are. */
    int write(ExpositionParser parser, SymbolStore known, long time, boolean histogram) throws MalformedExposition {
        message.clear();
        symbols = known;
        sampleTime = time;
        needsTime = histogram;
        exemplarStart = count;
        int all = parser.exemplars();
        if (all == 1) {
            parser.exemplar(0, this);
        } else {
            writeSorted(parser, all);
        }
        return message.size();
    }

    private void writeSorted(ExpositionParser parser, int all) throws MalformedExposition {
        if (times.length < all) {
            times = new long[all * 2];
        }
        onlyTimes = true;
        read = 0;
        for (int i = 0; i < all; i++) {
            parser.exemplar(i, this);
        }
        onlyTimes = false;
        boolean[] done = new boolean[all];
        for (int turn = 0; turn < all; turn++) {
            int next = -1;
            for (int i = 0; i < all; i++) {
                if (!done[i] && (next < 0 || times[i] < times[next])) {
                    next = i;
                }
            }
            done[next] = true;
            parser.exemplar(next, this);
        }
    }

    @Override
    public void label(String name, String value) {
        if (!onlyTimes) {
            reference(name);
            reference(value);
        }
    }

    private void reference(String text) {
        SymbolStore known = symbols;
        int symbol = known == null ? -1 : known.find(text);
        if (symbol >= 0) {
            references.varint(symbol);
            return;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
        }
        places[count] = references.size();
        // The empty text is number 0 of any table, and always known.
        texts[count++] = own.intern(text) - 1;
        references.fixed32(0);
    }

    @Override
    public void end(double value, boolean hasTimestamp, long timestampMillis) {
        if (onlyTimes) {
            times[read++] = hasTimestamp ? timestampMillis : sampleTime;
            return;
        }
        if (needsTime && !hasTimestamp) {
            // Without a time nobody can tell a repeated exemplar of a native histogram from a new one.
            count = exemplarStart;
            references.clear();
            return;
        }
        long time = hasTimestamp ? timestampMillis : sampleTime;
        int labels = references.size();
        int length = (labels == 0 ? 0 : 1 + ProtoWriter.sizeOfVarint(labels) + labels)
                + 9
                + 1
                + ProtoWriter.sizeOfVarint(time);
        message.tag(EXEMPLAR, ProtoWriter.LEN);
        message.varint(length);
        if (labels > 0) {
            message.tag(1, ProtoWriter.LEN);
            message.varint(labels);
            for (int i = exemplarStart; i < count; i++) {
                places[i] += message.size();
            }
            message.raw(references.array(), 0, labels);
        }
        message.fixed64(2, Double.doubleToRawLongBits(value));
        message.varint(3, time);
        references.clear();
        exemplarStart = count;
    }

    /** Moves what was written last into the request. */
    void appendTo(ProtoWriter request) {
        for (int i = placed; i < count; i++) {
            places[i] += request.size();
        }
        placed = count;
        request.raw(message.array(), 0, message.size());
    }

    /** Gives up what was written last. */
    void drop() {
        count = placed;
    }

    /** Fills in all references, now that it is known how many symbols come before. */
    void resolve(ProtoWriter request, int symbolsBefore) {
        byte[] bytes = request.array();
        for (int i = 0; i < count; i++) {
            int reference = symbolsBefore + texts[i];
            if (reference >= MOST) {
                throw new IllegalStateException("a request with " + reference + " symbols (expected: fewer)");
            }
            for (int octet = 0; octet < REFERENCE; octet++) {
                int rest = reference >>> 7 * octet & 0x7F;
                bytes[places[i] + octet] = (byte) (octet < REFERENCE - 1 ? rest | 0x80 : rest);
            }
        }
    }

    /** The symbols behind the target's own are in this array. */
    byte[] symbolArray() {
        return own.array();
    }

    int symbolStart() {
        return own.bytes(1);
    }

    int symbolBytes() {
        return own.bytes() - own.bytes(1);
    }
}
