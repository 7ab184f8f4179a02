package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.MetricFamily;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one target's series from scrape to scrape: what the bytes of each stand for after relabelling, and
 * which have to be marked stale when they are gone. One thread at a time.
 */
public final class TargetSeries {
    private static final int SMALL_TABLE = 256;
    private static final int SMALL_BYTES = 16 * 1024;

    private final Map<String, String> targetLabels;
    private final LabelRules rules;
    private final SeriesOptions options;
    private SymbolStore symbols = new SymbolStore();
    private FamilyStore families = new FamilyStore(symbols);
    private Report report;
    private int reportSymbols;
    private SeriesStore store = new SeriesStore();
    private int lastGood;
    private int compactSeries = SMALL_TABLE;
    private int compactBytes = SMALL_BYTES;

    public TargetSeries(Map<String, String> targetLabels, LabelRules rules, SeriesOptions options) {
        this.targetLabels = Map.copyOf(targetLabels);
        this.rules = rules;
        this.options = options;
        this.report = new Report(this.targetLabels, options.extraMetrics(), symbols);
        this.reportSymbols = symbols.count();
    }

    /** Goes on with the next scrape. */
    void begin() {
        compactIfGrown();
        store.nextScrape();
    }

    public SeriesOptions options() {
        return options;
    }

    LabelRules rules() {
        return rules;
    }

    SymbolStore symbols() {
        return symbols;
    }

    FamilyStore families() {
        return families;
    }

    Report report() {
        return report;
    }

    int reportSymbols() {
        return reportSymbols;
    }

    SeriesStore store() {
        return store;
    }

    /** Adds a series with its final, sorted labels. */
    int add(LabelBuffer labels, @Nullable MetricFamily family, boolean histogram, LabelEncoder encoder) {
        encoder.intern(labels, symbols);
        int familyId = families.id(family);
        ProtoWriter piece = encoder.encode();
        int length = piece.size();
        byte[] metadata = families.metadata(familyId);
        piece.raw(metadata, 0, metadata.length);
        return store.add(piece.array(), 0, length, piece.size(), familyId, histogram);
    }

    /** Takes in that a series belongs to another family, or version of it, than before, or is of another kind. */
    void describe(int series, int familyId, boolean histogram) {
        byte[] metadata = families.metadata(familyId);
        store.describe(series, metadata, metadata.length, familyId, histogram);
    }

    /** What the next one to scrape the target needs to know of its series. */
    public byte[] state(int limit) {
        return SeriesState.write(store, symbols, limit);
    }

    /**
     * Goes on from another one's {@link #state}, before the first scrape. What comes from other replicas is not trusted:
     * throws, with the series read so far taken over, when it is not well-formed.
     */
    public void goOnFrom(byte[] state) throws MalformedPayload {
        lastGood = store.scrape();
        SeriesState.read(state, this);
    }

    /** Takes a series over as if the last scrape had had it. */
    void adopt(LabelBuffer labels, boolean isNative, LabelEncoder encoder) {
        int series = add(labels, null, isNative, encoder);
        int owner = store.owner(series);
        store.see(series);
        store.see(owner);
        store.write(owner);
    }

    /** Whether the last successful scrape, or a failed one since, did not have the series. */
    boolean isNew(int series) {
        return store.seen(series) < Math.max(lastGood, 1);
    }

    void succeeded() {
        lastGood = store.scrape();
    }

    /** When much has come in since the last time, whatever the last successful scrape did not have goes. */
    private void compactIfGrown() {
        if (store.count() > compactSeries || store.piecesSize() + symbols.bytes() > compactBytes) {
            compact();
            compactSeries = SMALL_TABLE + store.count() + (store.count() >> 1);
            int bytes = store.piecesSize() + symbols.bytes();
            compactBytes = SMALL_BYTES + bytes + (bytes >> 1);
        }
    }

    private void compact() {
        SymbolStore oldSymbols = symbols;
        FamilyStore oldFamilies = families;
        SeriesStore old = store;
        symbols = new SymbolStore();
        families = new FamilyStore(symbols);
        report = new Report(targetLabels, options.extraMetrics(), symbols);
        reportSymbols = symbols.count();
        store = old.empty();
        int[] moved = new int[oldSymbols.count()];
        LabelEncoder encoder = new LabelEncoder();
        for (int series = 0; series < old.count(); series++) {
            if (old.seen(series) < Math.max(lastGood, 1) && !old.isWritten(series)) {
                continue;
            }
            if (old.owner(series) == SeriesStore.DROPPED) {
                store.copyState(store.addDropped(old.keyHigh(series), old.keyLow(series)), old, series, series);
            } else {
                move(series, old, oldSymbols, oldFamilies, moved, encoder);
            }
        }
    }

    private void move(
            int series,
            SeriesStore old,
            SymbolStore oldSymbols,
            FamilyStore oldFamilies,
            int[] moved,
            LabelEncoder encoder) {
        int owner = old.owner(series);
        encoder.read(old.pieces(), old.piece(owner), old.labelsLength(owner));
        for (int i = 0; i < encoder.count(); i++) {
            int reference = encoder.references()[i];
            if (moved[reference] == 0) {
                int from = oldSymbols.textStart(reference);
                moved[reference] = symbols.intern(oldSymbols.array(), from, oldSymbols.textLength(reference)) + 1;
            }
            encoder.references()[i] = moved[reference] - 1;
        }
        int familyId = families.id(oldFamilies.family(old.family(owner)));
        ProtoWriter piece = encoder.encode();
        int length = piece.size();
        byte[] metadata = families.metadata(familyId);
        piece.raw(metadata, 0, metadata.length);
        int added = store.add(piece.array(), 0, length, piece.size(), familyId, old.isNative(owner));
        store.index(added, old.keyHigh(series), old.keyLow(series));
        store.copyState(added, old, series, owner);
    }

    /** Series of the last successful scrape, and some that came before. */
    public int size() {
        return store.count();
    }

    /** Bytes this takes. */
    public long memory() {
        return store.memory() + symbols.memory();
    }
}
