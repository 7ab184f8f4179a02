package io.lightvessel.gateway.scrape.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The series a target had at its last scrape, for whoever scrapes it next: he marks those stale that are gone by then. A
 * version, then texts, then series as references to them. Labels are worked out anew from what the target writes, so the
 * next one may relabel in another way.
 */
final class SeriesState {
    private static final int VERSION = 1;
    private static final int VERSION_FIELD = 1;
    private static final int SYMBOL = 4;
    private static final int SERIES = 5;
    private static final int NATIVE_SERIES = 6;
    private static final int MOST_LABELS = 10_000;

    private SeriesState() {}

    /** What is to be handed over; without the series when that would be more than {@code limit} bytes. */
    static byte[] write(SeriesStore store, SymbolStore symbols, int limit) {
        ProtoWriter out = new ProtoWriter(1024);
        out.varint(VERSION_FIELD, VERSION);
        ProtoWriter series = new ProtoWriter(1024);
        int[] moved = new int[symbols.count()];
        int count = 0;
        LabelEncoder encoder = new LabelEncoder();
        for (int i = 0; i < store.count() && out.size() + series.size() <= limit; i++) {
            if (!store.isWritten(i)) {
                continue;
            }
            encoder.read(store.pieces(), store.piece(i), store.labelsLength(i));
            int mark = series.begin(store.isNative(i) ? NATIVE_SERIES : SERIES);
            for (int j = 0; j < encoder.count(); j++) {
                int symbol = encoder.references()[j];
                if (moved[symbol] == 0) {
                    out.bytes(SYMBOL, symbols.array(), symbols.textStart(symbol), symbols.textLength(symbol));
                    moved[symbol] = ++count;
                }
                series.varint(moved[symbol] - 1);
            }
            series.end(mark);
        }
        if (out.size() + series.size() > limit) {
            out.clear();
            out.varint(VERSION_FIELD, VERSION);
            return out.toByteArray();
        }
        out.raw(series.array(), 0, series.size());
        return out.toByteArray();
    }

    /** Takes over what another replica wrote; throws when it is not what this writes. */
    static void read(byte[] state, TargetSeries target) throws MalformedPayload {
        ProtoReader in = new ProtoReader(Unpooled.wrappedBuffer(state));
        List<String> symbols = new ArrayList<>();
        LabelBuffer labels = new LabelBuffer();
        LabelEncoder encoder = new LabelEncoder();
        if (in.tag() >>> 3 != VERSION_FIELD || in.varint() != VERSION) {
            throw new MalformedPayload("a state of another version (expected: " + VERSION + ")");
        }
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            int field = tag >>> 3;
            if ((tag & 7) != ProtoWriter.LEN || field != SYMBOL && field != SERIES && field != NATIVE_SERIES) {
                throw new MalformedPayload("field " + field + " (expected: symbols and series)");
            }
            if (field == SYMBOL) {
                symbols.add(in.string());
            } else {
                labels.clear();
                int outer = in.enter();
                while (in.hasMore()) {
                    String name = symbol(symbols, in.varint());
                    if (name.isEmpty()) {
                        throw new MalformedPayload("a label without a name");
                    }
                    labels.set(name, symbol(symbols, in.varint()));
                    if (labels.count() > MOST_LABELS) {
                        throw new MalformedPayload("a series with more than " + MOST_LABELS + " labels");
                    }
                }
                in.leave(outer);
                if (labels.get(LabelBuffer.NAME) == null) {
                    throw new MalformedPayload("a series without a name: " + labels);
                }
                labels.sort();
                target.adopt(labels, field == NATIVE_SERIES, encoder);
            }
        }
    }

    private static String symbol(List<String> symbols, long reference) throws MalformedPayload {
        if (reference < 0 || reference >= symbols.size()) {
            throw new MalformedPayload("reference " + reference + " to one of " + symbols.size() + " symbols");
        }
        return symbols.get((int) reference);
    }
}
